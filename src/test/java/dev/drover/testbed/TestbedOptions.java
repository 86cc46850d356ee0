package dev.drover.testbed;

import dev.drover.testbed.player.PlayerOptions;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a testbed is like.
 *
 * @param folder where its certificates, logs and data are; null means a new one below testbed/.run
 * @param kubeVirt whether KubeVirt is there from the start
 * @param player changes how the node side is played
 */
public record TestbedOptions(@Nullable Path folder, boolean kubeVirt, UnaryOperator<PlayerOptions> player) {

    /** With KubeVirt, in a new folder, played in real time. */
    public static TestbedOptions defaults() {
        return new TestbedOptions(null, true, UnaryOperator.identity());
    }

    public TestbedOptions in(Path folder) {
        return new TestbedOptions(folder, kubeVirt, player);
    }

    /** Without KubeVirt, until {@link Testbed#installKubeVirt}. */
    public TestbedOptions withoutKubeVirt() {
        return new TestbedOptions(folder, false, player);
    }

    /** For example {@code played(player -> player.withTimeScale(10))}. */
    public TestbedOptions played(UnaryOperator<PlayerOptions> player) {
        return new TestbedOptions(folder, kubeVirt, player);
    }
}

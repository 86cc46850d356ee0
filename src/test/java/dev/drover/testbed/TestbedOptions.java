package dev.drover.testbed;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a testbed is like.
 *
 * @param folder where its certificates, logs and data are; null means a new one below testbed/.run
 * @param kubeVirt whether KubeVirt is installed
 */
public record TestbedOptions(@Nullable Path folder, boolean kubeVirt) {

    /** With KubeVirt, in a new folder. */
    public static TestbedOptions defaults() {
        return new TestbedOptions(null, true);
    }

    public TestbedOptions in(Path folder) {
        return new TestbedOptions(folder, kubeVirt);
    }

    public TestbedOptions withoutKubeVirt() {
        return new TestbedOptions(folder, false);
    }
}

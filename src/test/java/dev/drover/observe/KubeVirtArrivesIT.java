package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.KubeVirtState;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.TestbedOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A control plane of its own: on the shared one KubeVirt is there from the start. */
@Tag("bed")
class KubeVirtArrivesIT {

    @Test
    void withoutKubeVirtTheObserverSaysSoAndStartsWhenItIsInstalled() {
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults().withoutKubeVirt())) {
            Scene.applyOwnKinds(testbed);
            testbed.addNodes(NodeShape.plain("node-1"));
            try (Scene scene = Scene.impatient(testbed.client()).ready()) {
                Snapshot before = scene.snapshot();
                assertThat(before.kubeVirt().installed()).isFalse();
                assertThat(before.kubeVirt().message()).startsWith("KubeVirt is not installed");
                assertThat(before.cluster().nodes()).hasSize(1);
                assertThat(before.cluster().vms()).isEmpty();
                scene.await(() -> scene.observer.freshness().fresh());

                testbed.installKubeVirt();
                testbed.apply(Scene.virtualMachine("web-0", "web"));

                scene.awaitMovable("web-0");
                scene.await(() -> scene.snapshot().kubeVirt().canMove());
                assertThat(scene.snapshot().kubeVirt())
                        .extracting(KubeVirtState::version)
                        .isEqualTo("v1.9.0");
                scene.await(() -> scene.observer.freshness().fresh());
            }
        }
    }
}

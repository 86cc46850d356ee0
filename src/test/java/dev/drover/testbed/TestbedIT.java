package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bed")
class TestbedIT {

    @Test
    void aVirtualMachineIsScheduledByTheRealControllers() {
        long t = System.nanoTime();
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults())) {
            System.err.println("started in " + (System.nanoTime() - t) / 1_000_000);
            testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"));
            System.err.println("nodes in " + (System.nanoTime() - t) / 1_000_000);
            testbed.apply(
                    """
                    apiVersion: kubevirt.io/v1
                    kind: VirtualMachine
                    metadata: {name: web-0, namespace: default}
                    spec:
                      runStrategy: Always
                      template:
                        metadata: {labels: {app: web}}
                        spec:
                          evictionStrategy: LiveMigrate
                          domain:
                            cpu: {cores: 2}
                            memory: {guest: 4Gi}
                            devices: {disks: [], interfaces: [{name: default, masquerade: {}}]}
                          networks: [{name: default, pod: {}}]
                          volumes: []
                    """);
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                GenericKubernetesResource vmi = testbed.client()
                        .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                        .inNamespace("default")
                        .withName("web-0")
                        .get();
                assertThat(vmi).isNotNull();
                assertThat(vmi.<String>get("status", "phase")).isEqualTo("Scheduled");
            });
            System.err.println("vm in " + (System.nanoTime() - t) / 1_000_000);
        }
        System.err.println("closed in " + (System.nanoTime() - t) / 1_000_000);
    }
}

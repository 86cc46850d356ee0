package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnTestbed
class TestbedIT {

    private final Testbed testbed;

    TestbedIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeEach
    void empty() {
        testbed.reset();
    }

    @Test
    void aVirtualMachineRuns() {
        testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"));

        testbed.apply(virtualMachine("web-0"));

        awaitPhase("web-0", "Running");
    }

    @Test
    void aResetLeavesNothingOfWhatATestMade() {
        testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"));
        testbed.apply(virtualMachine("web-0"));
        awaitPhase("web-0", "Running");
        testbed.apply(
                """
                {apiVersion: v1, kind: Namespace, metadata: {name: tenant}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: tenant, finalizers: [example.com/never]}}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: stands-against-everything}
                webhooks:
                - name: nobody.example.com
                  clientConfig: {url: "https://localhost:1/"}
                  rules: [{apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"]}]
                  failurePolicy: Fail
                  sideEffects: None
                  admissionReviewVersions: [v1]
                """);

        long t = System.nanoTime();
        testbed.reset();
        System.err.println("reset in " + (System.nanoTime() - t) / 1_000_000);

        assertThat(testbed.client().namespaces().withName("tenant").get()).isNull();
        assertThat(testbed.client().nodes().list().getItems()).isEmpty();
        assertThat(testbed.client().pods().inAnyNamespace().list().getItems()).isEmpty();
        assertThat(testbed.client()
                        .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .isEmpty();
    }

    private static String virtualMachine(String name) {
        return """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default}
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
                """
                .formatted(name);
    }

    private void awaitPhase(String name, String phase) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            GenericKubernetesResource vmi = testbed.client()
                    .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                    .inNamespace("default")
                    .withName(name)
                    .get();
            assertThat(vmi).isNotNull();
            assertThat(vmi.<String>get("status", "phase")).isEqualTo(phase);
        });
    }
}

package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnTestbed
class TestbedIT {

    private final Testbed testbed;
    private final VirtualMachines vms;

    TestbedIT(Testbed testbed) {
        this.testbed = testbed;
        this.vms = new VirtualMachines(testbed);
    }

    @BeforeEach
    void empty() {
        testbed.reset();
    }

    @Test
    void aVirtualMachineIsStartedByTheRealControllersOnANodeOfItsChoice() {
        testbed.addNodes(
                NodeShape.plain("node-1"), NodeShape.plain("node-2").label("disk", "fast"), NodeShape.plain("node-3"));

        vms.apply("web-0", "disk: fast");

        vms.awaitPhase("web-0", "Running");
        assertThat(vms.node("web-0")).isEqualTo("node-2");
    }

    @Test
    void aResetLeavesNothingOfWhatATestMade() {
        List<String> before = vms.namesOfEverything();
        testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"));
        vms.apply("web-0", "");
        vms.awaitPhase("web-0", "Running");
        testbed.killNode("node-1");
        testbed.apply(
                """
                {apiVersion: v1, kind: Namespace, metadata: {name: tenant}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {team: blue}}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: tenant, finalizers: [example.com/never]}}
                ---
                apiVersion: kubevirt.io/v1
                kind: KubeVirt
                metadata: {name: kubevirt, namespace: kubevirt}
                spec: {configuration: {migrations: {parallelMigrationsPerCluster: 77}}}
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

        testbed.reset();

        assertThat(vms.namesOfEverything()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(testbed.client()
                        .namespaces()
                        .withName("default")
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsOnlyKeys("kubernetes.io/metadata.name");
        assertThat(vms.kubeVirtConfiguration()).doesNotContain("77").contains("NodeRestriction");
    }

    @Test
    void afterAResetTheNextVirtualMachineOfTheSameNameRuns() {
        for (int round = 0; round < 2; round++) {
            testbed.addNodes(NodeShape.plain("node-1"));
            vms.apply("web-0", "");
            vms.awaitPhase("web-0", "Running");
            testbed.reset();
        }
    }

    @Test
    void aKilledProgramComesBackAsItWas() {
        testbed.killProgram("kube-apiserver");
        assertThatThrownBy(() -> testbed.client().namespaces().list()).hasStackTraceContaining("Connection refused");

        testbed.startProgram("kube-apiserver");

        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> assertThat(
                        testbed.client().namespaces().withName("kubevirt").get())
                .isNotNull());
        assertThatThrownBy(() -> testbed.killProgram("nonsense")).hasMessageContaining("(nonsense) is not running");
        testbed.addNodes(NodeShape.plain("node-1"));
        vms.apply("web-0", "");
        vms.awaitPhase("web-0", "Running");
    }

    @Test
    void anotherProcessMayJoinButNotReset() {
        try (Testbed joined = Testbed.attach(testbed.folder())) {
            joined.addNodes(NodeShape.plain("node-1"));

            assertThat(testbed.client().nodes().withName("node-1").get()).isNotNull();
            assertThatThrownBy(joined::reset).hasMessageContaining("belongs to another process");
            assertThatThrownBy(joined::player).hasMessageContaining("Nobody plays");
        }
        assertThat(testbed.client().namespaces().withName("default").get()).isNotNull();
    }

    @Test
    void anIssuedIdentityMayDoWhatItsRolesSayAndNoMore() {
        try (var nobody = testbed.clientFor("nobody", "nobody")) {
            assertThatThrownBy(() -> nobody.nodes().list()).hasMessageContaining("User \"nobody\" cannot list");
        }
    }
}

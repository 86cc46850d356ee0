package dev.drover.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The narrow writes to pods, on an API server that checks them. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeVirtApiIT {

    private static final String GATE = "drover.dev/placement";

    private final Testbed testbed;
    private final KubeVirtApi api;

    KubeVirtApiIT(Testbed testbed) {
        this.testbed = testbed;
        this.api = new KubeVirtApi(testbed.client());
    }

    @BeforeAll
    void oneNode() {
        testbed.addNodes(NodeShape.plain("node-1"));
    }

    private PodAddress gated(String name) {
        testbed.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default, labels: {kubevirt.io: virt-launcher}}
                spec:
                  schedulingGates: [{name: example.com/other}, {name: drover.dev/placement}]
                  containers: [{name: c, image: registry.local/c}]
                """
                        .formatted(name));
        return PodAddress.of(api.pod("default", name).orElseThrow());
    }

    private Pod whole(String name) {
        return testbed.client().pods().inNamespace("default").withName(name).get();
    }

    @Test
    void oneGateIsRemovedAndTheOthersStay() {
        PodAddress pod = gated("one-gate");

        assertThat(api.gatedPods(GATE))
                .extracting(found -> found.getMetadata().getName())
                .contains("one-gate");
        assertThat(api.removeGate(pod, GATE, Map.of("drover.dev/chosen-node", "node-1")))
                .isTrue();
        assertThat(api.removeGate(pod, GATE, Map.of("drover.dev/chosen-node", "node-1")))
                .as("a second time there is nothing to do")
                .isFalse();

        assertThat(whole("one-gate").getSpec().getSchedulingGates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.getName()).isEqualTo("example.com/other"));
        assertThat(whole("one-gate").getMetadata().getAnnotations()).containsEntry("drover.dev/chosen-node", "node-1");
        assertThat(whole("one-gate").getSpec().getContainers().getFirst().getImage())
                .as("what the slim class does not know is still there")
                .isEqualTo("registry.local/c");
    }

    @Test
    void aNodeIsNominatedInTheStatus() {
        PodAddress pod = gated("nominated");

        api.nominate(pod, "node-1");

        assertThat(whole("nominated").getStatus().getNominatedNodeName()).isEqualTo("node-1");
    }

    @Test
    void theNodesOfAGatedPodAreNarrowed() {
        PodAddress pod = gated("narrowed");

        api.narrowNodes(
                pod,
                new NodeSelectorBuilder()
                        .addNewNodeSelectorTerm()
                        .addNewMatchExpression()
                        .withKey("kubernetes.io/hostname")
                        .withOperator("In")
                        .withValues("node-1")
                        .endMatchExpression()
                        .endNodeSelectorTerm()
                        .build(),
                false,
                false);

        assertThat(whole("narrowed")
                        .getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms())
                .hasSize(1);
    }

    @Test
    void anotherPodOfTheSameNameIsLeftAlone() {
        PodAddress pod = gated("replaced");
        PodAddress other = new PodAddress(pod.namespace(), pod.name(), "00000000-0000-0000-0000-000000000000");

        assertThat(api.deletePod(other, 0)).isFalse();
        assertThat(api.removeGate(other, GATE, Map.of())).isFalse();
        assertThatThrownBy(() -> api.nominate(other, "node-1"))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        error -> assertThat(KubeVirtApi.outdated(error)).isTrue());
        assertThat(whole("replaced").getSpec().getSchedulingGates()).hasSize(2);

        assertThat(api.deletePod(pod, 0)).isTrue();
        assertThat(api.deletePod(pod, 0)).isFalse();
        assertThat(whole("replaced")).isNull();
    }

    @Test
    void anInstanceThatDoesNotExistIsNotFoundRatherThanAnError() {
        assertThat(api.instance("default", "nobody")).isEmpty();
        assertThat(api.migrationsOf("default", "nobody")).isEmpty();
        assertThat(api.deleteMigration("default", "nothing", "uid")).isFalse();
        assertThat(api.choosesTarget()).isTrue();
        assertThatThrownBy(() ->
                        api.createMigration(new MigrationOrder("default", "m", "nobody", "node-1", Map.of(), Map.of())))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("nobody");
    }
}

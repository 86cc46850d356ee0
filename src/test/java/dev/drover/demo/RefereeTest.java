package dev.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.constraint.Violation;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of manifests/demo, on nodes of which the first two have fast disks. */
class RefereeTest {

    private final Referee referee = new Referee(
            List.of(node("node-1", "ssd"), node("node-2", "ssd"), node("node-3", "hdd")),
            documents("rules.yaml").stream()
                    .filter(text -> text.contains("kind: PlacementConstraint"))
                    .map(RefereeTest::rule)
                    .map(Rulebook::read)
                    .toList());

    @Test
    void two_databases_on_two_nodes_with_fast_disks_are_no_breach() {
        assertThat(judge(List.of(database("db-0", "node-1"), database("db-1", "node-2")), List.of()))
                .isEmpty();
        assertThat(referee.instants()).isEqualTo(1);
        assertThat(referee.breaches()).isEmpty();
    }

    @Test
    void two_databases_on_one_node_are_a_breach_that_is_told_once() {
        var together = List.of(database("db-0", "node-1"), database("db-1", "node-1"));

        assertThat(judge(together, List.of()))
                .extracting(found -> found.constraint().name())
                .containsOnly("databases-apart");
        assertThat(judge(together, List.of())).isEmpty();
        assertThat(referee.breaches()).hasSize(2);
        assertThat(referee.instants()).isEqualTo(2);
    }

    @Test
    void the_target_pod_of_a_migration_counts_until_it_ends() {
        var resting = List.of(database("db-0", "node-1"));

        assertThat(judge(resting, List.of(launcher("db-0", "node-3", "Succeeded"))))
                .isEmpty();
        assertThat(judge(resting, List.of(launcher("db-0", "node-3", "Pending"))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.constraint().name()).isEqualTo("databases-on-ssd");
                    assertThat(found.node()).isEqualTo("node-3");
                });
    }

    @Test
    void a_rule_that_the_demo_does_not_use_is_refused_by_name() {
        String other = documents("contradiction.yaml").getFirst().replace("ForbiddenNodes", "SameDomain");

        assertThatThrownBy(() -> Rulebook.read(rule(other)))
                .hasMessageContaining("(databases-off-ssd)")
                .hasMessageContaining("Use Spread");
    }

    private List<Violation> judge(List<VirtualMachineInstance> instances, List<Pod> launchers) {
        return referee.judge(instances, launchers, Instant.EPOCH);
    }

    private static List<String> documents(String file) {
        try {
            return List.of(Files.readString(Path.of("manifests/demo", file)).split("(?m)^---$"));
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    private static PlacementConstraint rule(String yaml) {
        PlacementConstraint rule = Serialization.unmarshal(yaml, PlacementConstraint.class);
        rule.getMetadata().setUid("uid-" + rule.getMetadata().getName());
        rule.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        return rule;
    }

    private static Node node(String name, String disk) {
        Map<String, String> labels = Map.of("kubernetes.io/hostname", name, "disk", disk);
        return new Node(name, name, labels, List.of(), true, false, Resources.NONE, null);
    }

    private static VirtualMachineInstance database(String name, String node) {
        return Serialization.unmarshal(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata: {name: %s, namespace: shop, uid: uid-%s, labels: {tier: db}}
                status: {phase: Running, nodeName: %s}
                """
                        .formatted(name, name, node),
                VirtualMachineInstance.class);
    }

    private static Pod launcher(String vm, String node, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("virt-launcher-" + vm)
                .addToLabels("kubevirt.io/created-by", "uid-" + vm)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}

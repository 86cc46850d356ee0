package dev.drover.reconcile;

import static dev.drover.reconcile.Reading.brief;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.placement.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a machine: whether it takes virtual machines, and how hot it is. */
class NodeReportsTest {

    @Test
    void nodes_say_whether_they_take_virtual_machines_and_how_hot_they_are() {
        World world =
                World.ofNodes(3).vm("hot", "n1", 9_000).vm("mild", "n2", 4_000).cordoned("n3");
        Map<String, NodeInventoryStatus> statuses = new NodeReports(Situation.of(world)
                        .with(Policies.standard(PolicyMode.AUTOMATIC))
                        .view())
                .statuses();

        assertThat(statuses).containsOnlyKeys("n1", "n2", "n3");
        assertThat(statuses.get("n1").pressurePercent()).isEqualTo(113);
        assertThat(brief(statuses.get("n1").conditions(), "Pressure")).isEqualTo("Pressure TRUE AboveTarget");
        assertThat(statuses.get("n2").pressurePercent()).isEqualTo(50);
        assertThat(brief(statuses.get("n2").conditions(), "Pressure")).isEqualTo("Pressure FALSE BelowTarget");
        assertThat(brief(statuses.get("n3").conditions(), "Ready")).isEqualTo("Ready FALSE NodeCordoned");
        assertThat(brief(statuses.get("n1").conditions(), "Ready")).isEqualTo("Ready FALSE NodeNotSchedulable");
        assertThat(statuses.get("n1").virtualMachineNames()).containsExactly("shop/hot");
    }

    @Test
    void of_a_node_that_does_not_answer_nobody_knows_how_it_is() {
        World world = World.ofNodes(3)
                .notReady("n1")
                .tainted("n1", "node.kubernetes.io/unreachable")
                .notReady("n2")
                .tainted("n2", "node.kubernetes.io/not-ready")
                .tainted("n3", "node.kubernetes.io/unreachable");
        Map<String, NodeInventoryStatus> statuses =
                new NodeReports(Situation.of(world).view()).statuses();

        assertThat(brief(statuses.get("n1").conditions(), "Reachable")).isEqualTo("Reachable UNKNOWN NodeNotReady");
        assertThat(brief(statuses.get("n1").conditions(), "Ready")).isEqualTo("Ready FALSE NodeNotReady");
        assertThat(brief(statuses.get("n2").conditions(), "Reachable")).isEqualTo("Reachable FALSE NodeNotReady");
        assertThat(brief(statuses.get("n3").conditions(), "Reachable")).isEqualTo("Reachable TRUE NodeReady");
    }

    @Test
    void a_node_without_a_policy_has_no_pressure() {
        NodeInventoryStatus status = new NodeReports(
                        Situation.of(World.ofNodes(1)).view())
                .statuses()
                .get("n1");

        assertThat(status.policy()).isNull();
        assertThat(status.pressurePercent()).isNull();
    }
}

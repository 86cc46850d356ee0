package dev.drover.reconcile;

import static dev.drover.reconcile.Reading.brief;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.api.v1alpha1.ResourceWeights;
import dev.drover.model.Resources;
import dev.drover.placement.World;
import io.fabric8.kubernetes.api.model.Quantity;
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
    void a_node_that_says_what_its_disks_carry_is_told_with_what_is_needed_of_them() {
        World world = World.ofNodes(2)
                .offering("n1", Resources.DISK_IO, 1_000)
                .offering("n1", Resources.NETWORK, 10_000_000_000L)
                .vm("a", "n1", 1_000)
                .needing("a", Resources.DISK_IO, 900)
                .vm("b", "n2", 1_000)
                .needing("b", Resources.DISK_IO, 900);
        Map<String, NodeInventoryStatus> statuses = new NodeReports(Situation.of(world)
                        .with(Policies.weighing(new ResourceWeights(1, 1, 0, 1)))
                        .view())
                .statuses();

        NodeInventoryStatus told = statuses.get("n1");
        assertThat(told.allocatable().diskIO()).isEqualTo(new Quantity("1000"));
        assertThat(told.allocatable().network()).isEqualTo(new Quantity("10000M"));
        assertThat(told.required().diskIO()).isEqualTo(new Quantity("900"));
        assertThat(told.available().diskIO()).isEqualTo(new Quantity("100"));
        assertThat(told.available().network()).isEqualTo(new Quantity("10000M"));
        assertThat(told.demand().diskIO()).isEqualTo(new Quantity("900"));
        assertThat(told.demand().network()).isNull();
        assertThat(told.pressurePercent()).isEqualTo(113);

        NodeInventoryStatus silent = statuses.get("n2");
        assertThat(silent.allocatable().diskIO()).isNull();
        assertThat(silent.available().diskIO()).isNull();
        assertThat(silent.demand().diskIO()).isEqualTo(new Quantity("900"));
        assertThat(silent.pressurePercent()).isEqualTo(13);
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

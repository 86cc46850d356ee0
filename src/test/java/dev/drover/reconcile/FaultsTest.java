package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.constraint.Conflict;
import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.observe.Fault;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import dev.drover.plan.Plan;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.MachineReason;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a policy says of each virtual machine that is in trouble. */
class FaultsTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    @Test
    void a_breach_that_may_not_be_repaired_is_a_fault_with_its_reason() {
        World world = World.ofNodes(3)
                .vms(2, "db", "n1", 100, "app=db")
                .notLive("db-2")
                .rule(SPREAD, "app=db");
        View view = Situation.of(world)
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .with(new Fault("VirtualMachine", "shop", "db-1", "Its CPU (NaN) is not a number."))
                .view();
        Pool pool = view.pools().pools().getFirst();
        List<Standing> standings = List.of(
                Standing.free(false),
                Standing.fixed(false, MachineReason.NOT_LIVE_MIGRATABLE, "KubeVirt says that it cannot."));

        List<dev.drover.api.v1alpha1.Fault> faults = Faults.of(
                view, pool, standings, proposal("No node has room.", true).faults("default"), false);

        assertThat(faults)
                .containsExactly(
                        new dev.drover.api.v1alpha1.Fault("default", "OrderImpossible", "No node has room."),
                        new dev.drover.api.v1alpha1.Fault(
                                "default",
                                "SolverTimedOut",
                                "The search for a better placement ran out of time; its best so far counts."
                                        + " Raise the setting solver-timeout if this lasts."),
                        new dev.drover.api.v1alpha1.Fault(
                                "shop/db-2",
                                "NotLiveMigratable",
                                "It breaks a constraint and is not moved: KubeVirt says that it cannot."),
                        new dev.drover.api.v1alpha1.Fault(
                                "shop/db-1", "MetricsInvalid", "Its CPU (NaN) is not a number."));
    }

    @Test
    void a_breach_that_no_node_can_mend_is_a_fault_that_says_what_is_in_the_way() {
        World world = World.ofNodes(3)
                .vms(2, "db", "n1", 100, "app=db")
                .vm("db-3", "n2", 100, "app=db")
                .cordoned("n3")
                .rule(SPREAD, "app=db");
        View view = Situation.of(world)
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .view();
        List<Standing> standings = List.of(Standing.free(false), Standing.free(false), Standing.free(false));
        String why = "It breaks a constraint and no other node takes it: "
                + "0 of 2 nodes: 1 cordoned, 1 kept away by Spread spread-1 (namespace shop)";

        assertThat(Faults.of(view, view.pools().pools().getFirst(), standings, List.of(), true))
                .containsExactly(
                        new dev.drover.api.v1alpha1.Fault("shop/db-1", "NoCapacity", why),
                        new dev.drover.api.v1alpha1.Fault("shop/db-2", "NoCapacity", why));
    }

    @Test
    void rules_that_cannot_hold_as_things_are_are_a_fault_of_the_policy() {
        Conflict deadlock = new Conflict(List.of(), List.of(), "a and b cannot hold together as things are.");

        assertThat(proposal("", false).besides(deadlock).faults("default"))
                .containsExactly(new dev.drover.api.v1alpha1.Fault(
                        "default", "RulesDeadlocked", "a and b cannot hold together as things are."));
    }

    @Test
    void what_is_longer_than_the_schema_takes_is_cut() {
        View view = Situation.of(Situation.twoApart())
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .with(new Fault("VirtualMachine", "shop", "web-1", "no number ".repeat(200)))
                .view();

        List<dev.drover.api.v1alpha1.Fault> faults = Faults.of(
                view,
                view.pools().pools().getFirst(),
                List.of(),
                proposal("no order ".repeat(200), false).faults("default"),
                false);

        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.message()).hasSize(1024).endsWith("..."));
    }

    private static Proposal proposal(String message, boolean timedOut) {
        Score score = new Score(0, 0, 0, 99.5);
        return new Proposal(new Plan(List.of(), List.of(), 0, 0), score, score, false, timedOut, null, message);
    }
}

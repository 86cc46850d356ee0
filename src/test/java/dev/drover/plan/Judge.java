package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Constraint;
import dev.drover.model.Cluster;
import dev.drover.placement.Relocation;
import java.util.BitSet;
import java.util.List;

/** Judges what the solver proposes with the independent checker of plans, whatever the budget. */
public final class Judge {
    private static final Budget NONE = new Budget(1_000, 1_000, 1_000);

    private Judge() {}

    /** All can be made, in an order that holds at each instant; in any order, unless a constraint is to be repaired. */
    public static void assertSafe(Cluster cluster, List<Constraint> constraints, List<Relocation> relocations) {
        Plan plan = new Planner().plan(cluster, constraints, relocations, NONE, new BitSet());
        assertThat(plan.refused()).as("%s", relocations).isEmpty();
        assertThat(plan.moves()).hasSameSizeAs(relocations);
        assertThat(PlanChecker.check(cluster, constraints, plan, NONE))
                .as("%s", plan)
                .isEmpty();
        boolean repairs =
                relocations.stream().anyMatch(relocation -> relocation.reason() == Relocation.Reason.CONSTRAINT_REPAIR);
        if (!repairs) {
            assertThat(plan.moves()).allMatch(move -> move.after().isEmpty());
        }
    }
}

package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Goal;
import dev.drover.placement.Outcome;
import dev.drover.placement.RandomWorlds;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a proposal, from the engine over the planner to the checker, in a thousand clusters that are always the same. */
class ConstrainedInstancesTest {
    private static final int INSTANCES = 1_000;
    private static final int COURSES = 3;
    private static final Budget BUDGET = new Budget(4, 2, 2);
    private static final Goal GOAL = new Goal(1, 1, 0.80, 0.85, 5, 256);

    @Test
    void of_a_thousand_constrained_instances_no_plan_breaks_a_required_constraint_at_any_instant() {
        int instances = 0;
        int plans = 0;
        int moves = 0;
        int ordered = 0;
        for (long seed = 0; instances < INSTANCES; seed++) {
            World world = RandomWorlds.unusual(seed);
            if (!world.constraints().isEmpty()) {
                instances++;
                Plan plan = plan(world);
                assertSound(world, plan, seed);
                plans += plan.moves().isEmpty() ? 0 : 1;
                moves += plan.moves().size();
                ordered += (int) plan.moves().stream()
                        .filter(move -> !move.after().isEmpty())
                        .count();
            }
        }
        assertThat(plans).as("plans that move anything").isGreaterThan(INSTANCES / 2);
        assertThat(moves).as("moves").isGreaterThan(2 * INSTANCES);
        assertThat(ordered).as("moves that must follow others").isPositive();
    }

    private static Plan plan(World world) {
        Outcome outcome = new AnytimeEngine(InstantSource.fixed(World.NOW), MigrationPricing::seconds)
                .solve(world.instance(GOAL, new Effort(1, 1_000, 60_000)));
        return new Planner().plan(world.cluster(), world.constraints(), outcome.moves(), BUDGET, world.everyNode());
    }

    private static void assertSound(World world, Plan plan, long seed) {
        List<String> faults = PlanChecker.check(world.cluster(), world.constraints(), plan, BUDGET);
        assertThat(faults).as("seed %d: %s", seed, plan).isEmpty();
        assertThat(PlanChecker.checkCourses(world.cluster(), world.constraints(), plan, BUDGET, COURSES))
                .as("seed %d: %s", seed, plan)
                .isEmpty();
    }
}

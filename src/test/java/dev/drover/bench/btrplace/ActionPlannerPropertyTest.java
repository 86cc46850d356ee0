package dev.drover.bench.btrplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Plans judged by the check, which shares no code with what makes them, and by looking at every arrangement. */
class ActionPlannerPropertyTest {

    @Property(tries = 500)
    void a_plan_breaks_nothing_at_any_instant_and_boots_each_that_is_ready_once(@ForAll long seed) {
        Reconfiguration instance = RandomReconfigurations.of(seed, 8);

        List<Action> actions = ActionPlanner.plan(instance);

        if (!actions.isEmpty()) {
            assertThat(ActionCheck.breaches(instance, actions)).isEmpty();
            assertThat(relocations(actions)).isGreaterThanOrEqualTo(RelocationBound.of(instance));
        }
    }

    /**
     * Two or three nodes that are nearly full often leave one arrangement or none, and no way to it: one that is found by looking at all
     * of them need not have a plan. Those that do get one are nearly always moved the least; the instances are always the same.
     */
    @Test
    void
            of_a_thousand_tiny_instances_most_that_have_an_arrangement_get_a_plan_and_nearly_always_of_the_fewest_relocations() {
        int solvable = 0;
        int planned = 0;
        int fewest = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Reconfiguration instance = RandomReconfigurations.of(seed, 3);
            List<Action> actions = ActionPlanner.plan(instance);
            boolean isPlan = ActionCheck.breaches(instance, actions).isEmpty();
            int optimum = FewestRelocations.of(instance);
            if (optimum == FewestRelocations.NONE_HOLDS) {
                assertThat(isPlan)
                        .as("a plan for instance %d, which has none", seed)
                        .isFalse();
                continue;
            }
            solvable++;
            planned += isPlan ? 1 : 0;
            if (isPlan) {
                assertThat(relocations(actions)).isGreaterThanOrEqualTo(optimum);
                assertThat(RelocationBound.of(instance)).isLessThanOrEqualTo(optimum);
                fewest += relocations(actions) == optimum ? 1 : 0;
            }
        }

        assertThat(solvable).isGreaterThan(700);
        assertThat(planned).isGreaterThanOrEqualTo(solvable * 85 / 100);
        assertThat(fewest).isGreaterThanOrEqualTo(planned * 99 / 100);
    }

    private static long relocations(List<Action> actions) {
        return actions.stream().filter(Action.Migrate.class::isInstance).count();
    }
}

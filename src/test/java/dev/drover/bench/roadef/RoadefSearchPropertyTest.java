package dev.drover.bench.roadef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.roadef.RoadefEvaluator.Verdict;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the search says of itself against the evaluator, which shares no code with it. */
class RoadefSearchPropertyTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

    @Property(tries = 300)
    void what_is_found_is_valid_costs_what_the_search_says_and_is_never_worse(@ForAll long seed) {
        RoadefInstance instance = RandomInstances.of(seed);
        Verdict given = RoadefEvaluator.judge(instance, instance.assignment());
        assertThat(given.breaches()).isEmpty();

        Search.Found found = Search.run(RoadefProblem.of(instance), new SearchEffort(seed, 2, 0, 40_000), STILL);

        Verdict verdict = RoadefEvaluator.judge(instance, found.nodeOf());
        assertThat(verdict.breaches()).isEmpty();
        assertThat(found.cost()).isEqualTo(verdict.cost()).isLessThanOrEqualTo(given.cost());
    }

    @Property(tries = 20)
    void a_number_of_proposals_gives_the_same_result_each_time(@ForAll long seed) {
        RoadefInstance instance = RandomInstances.of(seed);
        SearchEffort effort = new SearchEffort(seed, 3, 0, 100_000);

        Search.Found once = Search.run(RoadefProblem.of(instance), effort, STILL);
        Search.Found again = Search.run(RoadefProblem.of(instance), effort, STILL);

        assertThat(again.nodeOf()).isEqualTo(once.nodeOf());
    }

    @Test
    void nearly_every_small_instance_is_solved_to_the_optimum_and_none_below_it() {
        int small = 0;
        int solved = 0;
        for (int seed = 0; seed < 200; seed++) {
            RoadefInstance instance = RandomInstances.of(seed);
            if (Math.pow(instance.machines().size(), instance.processes().size()) > 100_000) {
                continue;
            }
            Search.Found found = Search.run(RoadefProblem.of(instance), new SearchEffort(1, 2, 0, 100_000), STILL);
            long least = Exhaustive.leastCost(instance);
            assertThat(found.cost()).as("seed %s", seed).isGreaterThanOrEqualTo(least);
            small++;
            solved += found.cost() == least ? 1 : 0;
        }
        // Some lie behind assignments that are not valid, where single changes do not lead.
        assertThat(solved).isGreaterThanOrEqualTo(small * 9 / 10);
        assertThat(small).isGreaterThan(20);
    }
}

package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The search on flat arrays, with every term of its cost and every rule, against the proven least cost. */
class SearchAgainstOptimumTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);
    private static final int SEEDS = 200;

    /** Up to so many arrangements are looked at one by one too. */
    private static final double FEW = 3_000;

    /**
     * Measured over the 200 seeds: the least in 182, and all together less than a hundredth above it. */
    @Test
    void the_search_keeps_the_rules_says_what_it_costs_and_nearly_always_finds_the_least() {
        int least = 0;
        long sumOfFound = 0;
        long sumOfLeast = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Problem problem = RandomProblems.of(seed);
            assertThat(new Arranged(problem, problem.home()).keepsRules())
                    .as("seed %s", seed)
                    .isTrue();

            Search.Found found = Search.run(problem, new SearchEffort(seed, 2, 0, 160_000), STILL);

            Arranged arranged = new Arranged(problem, found.nodeOf());
            long proven = ProblemModel.leastCost(problem);
            assertThat(arranged.keepsRules()).as("seed %s", seed).isTrue();
            assertThat(found.cost())
                    .as("seed %s", seed)
                    .isEqualTo(arranged.cost())
                    .isGreaterThanOrEqualTo(proven);
            least += found.cost() == proven ? 1 : 0;
            sumOfFound += found.cost();
            sumOfLeast += proven;
        }
        assertThat(least).isGreaterThanOrEqualTo(SEEDS * 9 / 10);
        assertThat(sumOfFound).isLessThanOrEqualTo(sumOfLeast * 101 / 100);
    }

    @Test
    void the_least_cost_that_is_proven_is_that_of_the_best_of_all_arrangements() {
        int compared = 0;
        for (long seed = 0; compared < SEEDS; seed++) {
            Problem problem = RandomProblems.of(seed);
            if (Math.pow(problem.nodes(), problem.vms()) <= FEW) {
                assertThat(ProblemModel.leastCost(problem))
                        .as("seed %s", seed)
                        .isEqualTo(leastOfAll(problem, problem.home().clone(), 0));
                compared++;
            }
        }
    }

    private static long leastOfAll(Problem problem, int[] nodeOf, int vm) {
        if (vm == nodeOf.length) {
            Arranged arranged = new Arranged(problem, nodeOf);
            return arranged.keepsRules() ? arranged.cost() : Long.MAX_VALUE;
        }
        long least = Long.MAX_VALUE;
        for (int node = 0; node < problem.nodes(); node++) {
            nodeOf[vm] = node;
            least = Math.min(least, leastOfAll(problem, nodeOf, vm + 1));
        }
        return least;
    }
}

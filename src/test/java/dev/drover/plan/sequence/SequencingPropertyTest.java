package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the scheduler does to random moves, judged by the check, which shares no code with it. */
class SequencingPropertyTest {
    private static final double ROUNDING = 1e-6;

    @Property(tries = 2000)
    void every_move_is_made_or_left_out_with_a_reason_nothing_is_broken_and_no_order_beats_the_bound(
            @ForAll long seed) {
        SequenceProblem problem = RandomSequences.of(seed);

        Sequencing found = Sequencing.of(problem);

        Set<Integer> refused =
                found.refused().stream().map(Refusal::move).collect(Collectors.toCollection(HashSet::new));
        assertThat(refused).hasSameSizeAs(found.refused());
        assertThat(SequenceCheck.breaches(problem, found.legs(), refused)).isEmpty();
        assertThat(found.makespan()).isGreaterThanOrEqualTo(found.lowerBound() * (1 - ROUNDING));
        assertThat(Sequencing.of(problem).legs()).isEqualTo(found.legs());
    }

    @Property(tries = 500)
    void no_order_without_stop_overs_is_shorter_than_the_bound_or_than_the_best_of_all_orders(@ForAll long seed) {
        SequenceProblem problem = RandomSequences.tiny(seed, 6);

        Sequencing found = Sequencing.of(problem);

        double shortest = Exhaustive.makespan(problem);
        assertThat(shortest).isGreaterThanOrEqualTo(found.refused().isEmpty() ? found.lowerBound() - ROUNDING : 0);
        if (found.stopOvers() == 0 && found.refused().isEmpty()) {
            assertThat(found.makespan()).isGreaterThanOrEqualTo(shortest - ROUNDING);
        }
    }

    /** A list scheduler is not promised to be best; how often it is, is counted over cases that are always the same. */
    @Test
    void of_five_hundred_small_cases_none_is_left_undone_without_need_and_most_are_put_in_a_best_order() {
        int possible = 0;
        int undone = 0;
        int best = 0;
        double worst = 1;
        for (int seed = 0; seed < 500; seed++) {
            SequenceProblem problem = RandomSequences.tiny(seed, 6);
            double shortest = Exhaustive.makespan(problem);
            if (shortest < Double.POSITIVE_INFINITY && problem.moves().count() > 0) {
                Sequencing found = Sequencing.of(problem);
                double ratio = found.makespan() / shortest;
                possible++;
                undone += found.refused().isEmpty() ? 0 : 1;
                best += ratio < 1 + ROUNDING ? 1 : 0;
                worst = Math.max(worst, ratio);
            }
        }

        assertThat(possible).isGreaterThan(400);
        assertThat(undone).isZero();
        assertThat(best).isGreaterThan(possible * 8 / 10);
        assertThat(worst).isLessThan(2);
    }
}

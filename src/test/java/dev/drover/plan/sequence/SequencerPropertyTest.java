package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The online scheduler among migrations that take what time they like and of which some fail. */
class SequencerPropertyTest {

    @Property(tries = 1000)
    void it_never_stands_still_before_all_is_done_and_never_holds_more_than_there_is(@ForAll long seed) {
        SequenceProblem problem = RandomSequences.of(seed);
        Sequencing found = Sequencing.of(problem);
        Random random = new Random(seed);
        Sequencer sequencer = found.sequencer();
        long[] held = problem.space().held().clone();
        List<Integer> running = new ArrayList<>();
        int failures = 20;

        start(problem, sequencer, sequencer.begin(), running, held);
        while (!running.isEmpty()) {
            int leg = running.remove(random.nextInt(running.size()));
            boolean fails = failures > 0 && random.nextInt(4) == 0;
            failures -= fails ? 1 : 0;
            hold(problem, sequencer.move(leg), held, fails ? sequencer.to(leg) : sequencer.from(leg), -1);
            start(problem, sequencer, fails ? sequencer.failed(leg) : sequencer.ended(leg), running, held);
        }

        assertThat(sequencer.isDone()).isTrue();
    }

    private static void start(
            SequenceProblem problem, Sequencer sequencer, int[] legs, List<Integer> running, long[] held) {
        for (int leg : legs) {
            hold(problem, sequencer.move(leg), held, sequencer.to(leg), 1);
            running.add(leg);
        }
        for (int place = 0; place < held.length; place++) {
            assertThat(held[place]).isLessThanOrEqualTo(problem.space().capacity()[place]);
        }
        assertThat(running.size()).isLessThanOrEqualTo(problem.limits().cluster());
    }

    private static void hold(SequenceProblem problem, int move, long[] held, int node, int sign) {
        int resources = problem.space().resources();
        for (int resource = 0; resource < resources; resource++) {
            held[node * resources + resource] += sign * problem.moves().amounts()[move * resources + resource];
        }
    }
}

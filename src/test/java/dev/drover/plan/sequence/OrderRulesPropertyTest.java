package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** What lets legs start, and the check, which looks at all of it afterwards: both say the same of courses that nobody planned. */
class OrderRulesPropertyTest {
    private static final int MOVES = 5;
    private static final int NODES = 2 * MOVES;
    private static final int LATEST = 8;

    @Property(tries = 2000)
    void precedence_serializing_and_quorums_forbid_what_the_check_calls_a_breach(@ForAll long seed) {
        Random random = new Random(seed);
        List<Leg> legs = legs(random);
        Scene scene = scene(legs);
        for (int rule = random.nextInt(3); rule > 0; rule--) {
            scene.before(random.nextInt(MOVES), random.nextInt(MOVES));
        }
        for (int rule = random.nextInt(3); rule > 0; rule--) {
            scene.oneAtATime(
                    random.ints(2 + random.nextInt(2), 0, MOVES).distinct().toArray());
        }
        SequenceProblem problem = scene.problem();

        boolean isBroken = !SequenceCheck.breaches(problem, legs, Set.of()).isEmpty();

        Statistics.label("broken").collect(isBroken).coverage(coverage -> {
            coverage.check(true).percentage(percentage -> percentage > 20);
            coverage.check(false).percentage(percentage -> percentage > 20);
        });
        assertThat(startsUnasked(problem, legs)).isEqualTo(isBroken);
    }

    @Property(tries = 1000)
    void what_is_late_is_what_the_check_finds_after_its_deadline(@ForAll long seed) {
        SequenceProblem problem = hurried(RandomSequences.of(seed), new Random(seed));

        Sequencing found = Sequencing.of(problem);

        Set<Integer> refused = found.refused().stream().map(Refusal::move).collect(Collectors.toSet());
        Set<String> late =
                found.late().stream().map(move -> "move (" + move + ")").collect(Collectors.toSet());
        Statistics.label("late").collect(!late.isEmpty()).coverage(coverage -> coverage.check(true)
                .percentage(percentage -> percentage > 10));
        assertThat(SequenceCheck.breaches(problem, found.legs(), refused))
                .allMatch(breach -> breach.endsWith("after its deadline"))
                .extracting(breach -> breach.substring(0, breach.indexOf(" ends")))
                .containsExactlyInAnyOrderElementsOf(late);
    }

    /** Half of the moves have a deadline that can be kept or not. */
    private static SequenceProblem hurried(SequenceProblem problem, Random random) {
        SequenceProblem.Rules rules = problem.rules();
        double[] deadline = rules.deadline().clone();
        for (int move = 0; move < deadline.length; move++) {
            deadline[move] = random.nextBoolean() ? 60 * random.nextDouble() : deadline[move];
        }
        return new SequenceProblem(
                problem.space(),
                problem.moves(),
                problem.limits(),
                new SequenceProblem.Rules(
                        rules.precedence(), rules.oneAtATime(), deadline, rules.stopOvers(), rules.placement()));
    }

    private static List<Leg> legs(Random random) {
        List<Leg> legs = new ArrayList<>();
        for (int move = 0; move < MOVES; move++) {
            int start = random.nextInt(LATEST);
            legs.add(new Leg(move, move, MOVES + move, start, start + 1 + random.nextInt(3)));
        }
        return legs;
    }

    /** Nodes of their own, so that nothing but the order rules is in the way, and as much to copy as the legs take time for. */
    private static Scene scene(List<Leg> legs) {
        Scene scene = Scene.ofNodes(NODES).limits(new Limits(Limits.NONE, 1, 1, false, 1));
        legs.forEach(leg -> scene.move(leg.from(), leg.to(), (int) (leg.end() - leg.start())));
        return scene;
    }

    /** Whether any leg starts that the rules do not let start then; at equal times ends come before starts. */
    private static boolean startsUnasked(SequenceProblem problem, List<Leg> legs) {
        int[] all = IntStream.range(0, MOVES).toArray();
        int[] none = new int[MOVES];
        Arrays.fill(none, Itinerary.NONE);
        OrderRules rules = new OrderRules(
                problem.rules(),
                new Itinerary(all, problem.moves().source(), problem.moves().target(), none, List.of()));
        List<Leg> byStart =
                legs.stream().sorted(Comparator.comparingDouble(Leg::start)).toList();
        Set<Leg> running = new HashSet<>();
        boolean isUnasked = false;
        for (Leg leg : byStart) {
            for (Leg other : List.copyOf(running)) {
                if (other.end() <= leg.start()) {
                    running.remove(other);
                    rules.ended(other.move());
                }
            }
            isUnasked |= !rules.allow(leg.move());
            rules.started(leg.move());
            running.add(leg);
        }
        return isUnasked;
    }
}

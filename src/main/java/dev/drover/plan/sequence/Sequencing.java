package dev.drover.plan.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Moves in an order, as a simulation of it shows. The order in which a simulation starts them is a safe order again, and a better one
 * than that which knew of no time; so simulations follow each other until they get no better. Never changed; safe for threads.
 */
public final class Sequencing {
    /** Within this ratio to the lower bound no better order is looked for. */
    private static final double GOOD = 1.02;

    private static final int MOST_ROUNDS = 4;

    private final SequenceProblem problem;
    private final Itinerary itinerary;
    private final Timeline timeline;
    private final int streams;
    private final double lowerBound;

    private Sequencing(SequenceProblem problem, Itinerary itinerary, Timeline timeline, int streams) {
        this.problem = problem;
        this.itinerary = itinerary;
        this.timeline = timeline;
        this.streams = streams;
        boolean[] isDone = new boolean[problem.moves().count()];
        Arrays.stream(itinerary.move()).forEach(move -> isDone[move] = true);
        lowerBound = SequenceBound.of(problem, isDone);
    }

    /** The best order that is found; the same for the same problem. */
    public static Sequencing of(SequenceProblem problem) {
        Itinerary safe = SafeOrder.of(problem);
        Sequencing best = null;
        for (int streams : problem.limits().isShared() ? new int[] {1, 2} : new int[] {SequenceProblem.Limits.NONE}) {
            Sequencing found = rounds(problem, safe, streams);
            best = best == null || found.makespan() < best.makespan() ? found : best;
            if (best.ratio() <= GOOD) {
                break;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static Sequencing rounds(SequenceProblem problem, Itinerary safe, int streams) {
        Sequencing best = once(problem, safe, streams);
        @Nullable Sequencing next = best;
        for (int round = 1; round < MOST_ROUNDS && next != null && best.ratio() > GOOD; round++) {
            next = once(problem, next.itinerary.inOrder(next.timeline.order()), streams);
            boolean isBetter = next.makespan() < best.makespan();
            best = isBetter ? next : best;
            next = isBetter ? next : null;
        }
        return best;
    }

    private static Sequencing once(SequenceProblem problem, Itinerary itinerary, int streams) {
        return new Sequencing(problem, itinerary, Simulation.of(problem, itinerary, streams), streams);
    }

    /** The legs in the order in which they start. */
    public List<Leg> legs() {
        return Arrays.stream(timeline.order()).mapToObj(this::leg).toList();
    }

    private Leg leg(int leg) {
        return new Leg(
                itinerary.move()[leg],
                itinerary.from()[leg],
                itinerary.to()[leg],
                timeline.start()[leg],
                timeline.end()[leg]);
    }

    /** The moves that are left out, by their numbers. */
    public List<Refusal> refused() {
        return itinerary.refused().stream()
                .sorted(Comparator.comparingInt(Refusal::move))
                .toList();
    }

    /** Moves that end after their deadline. */
    public List<Integer> late() {
        return IntStream.range(0, itinerary.legs())
                .filter(leg -> timeline.end()[leg]
                        > problem.rules().deadline()[itinerary.move()[leg]])
                .mapToObj(leg -> itinerary.move()[leg])
                .distinct()
                .sorted()
                .toList();
    }

    public int stopOvers() {
        return itinerary.stopOvers();
    }

    /** Seconds until the last move ends. */
    public double makespan() {
        return timeline.makespan();
    }

    /** Seconds: no order of what is not left out takes less. */
    public double lowerBound() {
        return lowerBound;
    }

    /** Of the makespan to the lower bound; 1 for nothing to do. */
    public double ratio() {
        return lowerBound == 0 ? 1 : makespan() / lowerBound;
    }

    /** A scheduler at its beginning, for whoever does the moves. */
    public Sequencer sequencer() {
        return new Sequencer(problem, itinerary, streams);
    }
}

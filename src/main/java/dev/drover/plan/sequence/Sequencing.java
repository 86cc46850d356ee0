package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves in an order, as a simulation of it shows. The order in which a simulation starts them is a safe order again, and a better one
 * than that which knew of no time; so simulations follow each other until they get no better. Never changed; safe for threads.
 */
public final class Sequencing {
    /** Within this ratio to the lower bound no better order is looked for. */
    private static final double GOOD = 1.02;

    /** One stop-over in so many legs is no reason to look for an order with less. */
    private static final int STOP_OVERS = 100;

    private static final int MOST_ROUNDS = 4;

    /** Up to so many moves in all are put in a safe order anew. */
    private static final int MOST_MOVES = 20_000;

    private static final int LEAST_VARIANTS = 3;
    private static final int MOST_VARIANTS = 20;

    private static final Comparator<Sequencing> BEST_FIRST = Comparator.<Sequencing>comparingInt(
                    each -> each.itinerary.refused().size())
            .thenComparingInt(each -> each.late().size())
            .thenComparingDouble(Sequencing::cost);

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
        Ties ties = new Ties(problem);
        int variants = Math.clamp(MOST_MOVES / Math.max(1, problem.moves().count()), LEAST_VARIANTS, MOST_VARIANTS);
        Sequencing best = of(problem, ties, SafeOrder.of(problem, ties, 0));
        for (int variant = 1; variant < variants && !best.isGood(); variant++) {
            Itinerary safe = SafeOrder.of(problem, ties, variant);
            if (safe.refused().size() <= best.itinerary.refused().size()) {
                best = best.orBetter(of(problem, ties, safe));
            }
        }
        return best.itinerary.refused().isEmpty()
                ? best
                : best.orBetter(of(problem, ties, SafeOrder.asNumbered(problem, ties)));
    }

    /** Alone on its nodes a move is fastest, and guests write least meanwhile; but three that go in a circle do better by twos. */
    private static Sequencing of(SequenceProblem problem, Ties ties, Itinerary safe) {
        if (!problem.limits().isShared()) {
            return rounds(problem, ties, safe, Limits.NONE);
        }
        Sequencing alone = rounds(problem, ties, safe, 1);
        return alone.ratio() <= GOOD ? alone : alone.orBetter(rounds(problem, ties, safe, 2));
    }

    private boolean isGood() {
        return itinerary.refused().isEmpty()
                && late().isEmpty()
                && STOP_OVERS * stopOvers() <= itinerary.legs()
                && ratio() <= GOOD;
    }

    /** The one that leaves out less, then the one that is late with less, then the shorter one. */
    private Sequencing orBetter(Sequencing other) {
        return BEST_FIRST.compare(this, other) <= 0 ? this : other;
    }

    /** A stop-over counts by its share of all legs. */
    private double cost() {
        return makespan() * (1 + stopOvers() / (double) Math.max(1, itinerary.legs()));
    }

    private static Sequencing rounds(SequenceProblem problem, Ties ties, Itinerary safe, int streams) {
        Sequencing best = once(problem, ties, safe, streams);
        for (int round = 1; round < MOST_ROUNDS && best.ratio() > GOOD; round++) {
            Sequencing next = once(problem, ties, best.itinerary.inOrder(best.timeline.order()), streams);
            if (next.makespan() >= best.makespan()) {
                return best;
            }
            best = next;
        }
        return best;
    }

    private static Sequencing once(SequenceProblem problem, Ties ties, Itinerary itinerary, int streams) {
        Timeline timeline = Simulation.of(problem, new Sequencer(problem, ties, itinerary, streams));
        return new Sequencing(problem, itinerary, timeline, streams);
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
        return new Sequencer(problem, new Ties(problem), itinerary, streams);
    }
}

package dev.drover.plan.sequence;

/**
 * Lives through a sequence: memory is copied as fast as the bandwidth at both ends allows, less what the guest writes meanwhile, and
 * the scheduler hears of each end. Not safe for threads.
 */
final class Simulation {
    private final SequenceProblem problem;
    private final Itinerary itinerary;
    private final Sequencer sequencer;
    private final double[] start;
    private final double[] end;
    private final double[] rest;
    private final double[] rate;
    private final double[] since;
    private final int[] order;
    /** The running legs, the next end first: its key is the negative time. */
    private final Heap ends;

    private int startedCount;
    private double now;

    private Simulation(SequenceProblem problem, Sequencer sequencer) {
        this.problem = problem;
        this.sequencer = sequencer;
        itinerary = sequencer.itinerary();
        int legs = itinerary.legs();
        start = new double[legs];
        end = new double[legs];
        rest = new double[legs];
        rate = new double[legs];
        since = new double[legs];
        order = new int[legs];
        ends = new Heap(legs);
    }

    /** @param sequencer at its beginning; at its end afterwards */
    static Timeline of(SequenceProblem problem, Sequencer sequencer) {
        Simulation simulation = new Simulation(problem, sequencer);
        simulation.run();
        return new Timeline(simulation.start, simulation.end, simulation.order);
    }

    private void run() {
        begin(sequencer.begin());
        while (!ends.isEmpty()) {
            int leg = ends.first();
            now = -ends.firstKey();
            ends.removeFirst();
            end[leg] = now;
            int[] next = sequencer.ended(leg);
            begin(next);
            share(leg);
        }
        if (startedCount < itinerary.legs()) {
            throw new IllegalStateException("of (" + itinerary.legs() + ") legs only (" + startedCount
                    + ") could start. The order of the itinerary is not safe.");
        }
    }

    private void begin(int[] legs) {
        for (int leg : legs) {
            start[leg] = now;
            since[leg] = now;
            rest[leg] = problem.moves().bytes()[itinerary.move()[leg]];
            order[startedCount++] = leg;
        }
        for (int leg : legs) {
            resume(leg);
        }
        for (int leg : legs) {
            share(leg);
        }
    }

    /** The streams at both ends of a leg have become more or fewer. */
    private void share(int leg) {
        if (problem.limits().isShared()) {
            shareAt(itinerary.from()[leg]);
            shareAt(itinerary.to()[leg]);
        }
    }

    private void shareAt(int node) {
        Lists legs = sequencer.legsOf();
        for (int i = legs.from(node); i < legs.to(node); i++) {
            if (sequencer.isRunning(legs.at(i))) {
                resume(legs.at(i));
            }
        }
    }

    private void resume(int leg) {
        double newRate = bandwidth(leg) - problem.moves().dirtyRate()[itinerary.move()[leg]];
        if (newRate != rate[leg]) {
            rest[leg] = Math.max(0, rest[leg] - rate[leg] * (now - since[leg]));
            since[leg] = now;
            rate[leg] = newRate;
            ends.put(leg, -(now + rest[leg] / newRate));
        }
    }

    private double bandwidth(int leg) {
        double all = problem.limits().bandwidth();
        int most = Math.max(
                sequencer.streams(itinerary.from()[leg]),
                sequencer.streams(itinerary.to()[leg]));
        return problem.limits().isShared() ? all / most : all;
    }
}

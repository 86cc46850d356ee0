package dev.drover.placement.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;

/**
 * Looks for the arrangement of least cost, from the present one, as long as it may. Annealings run beside each other, each
 * at its own temperature: short rounds over the whole range first, which find out how hot is right for this problem and this effort,
 * then ever longer ones from the best so far. What one round found is compared in the order of the annealings, so that the result
 * does not depend on which thread was faster.
 */
public final class Search {
    private static final int BATCH = 10_000;
    /** The parts of the effort at which the rounds end; the first {@link #PROBES} find the temperature. */
    private static final double[] FROM_GOOD = {1 / 64.0, 2 / 64.0, 3 / 64.0, 4 / 64.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1};

    private static final double[] FROM_ANY = {1};
    private static final int PROBES = 4;
    private static final double HOTTEST_PROBE = 32;
    private static final double PROBE_STEP = 6;
    /** How much hotter each annealing of a round is than the one before it. */
    private static final double STEP = 3;
    /** The temperatures that let go of a start that is not good. */
    private static final double HOT_RETURNING = 20;

    private static final double HOT_ROAMING = 50;

    private final SearchEffort effort;
    private final InstantSource clock;
    private final Progress progress;
    private final Instant started;
    private final double scale;
    private final List<Annealing> annealings;
    private final boolean startsGood;
    private int[] start;
    private double hot;
    private long least = Long.MAX_VALUE;
    private long leastTold = Long.MAX_VALUE;

    private Search(Problem problem, int[] nodeOf, SearchEffort effort, InstantSource clock, Progress progress) {
        this.effort = effort;
        this.clock = clock;
        this.progress = progress;
        started = clock.instant();
        startsGood = Relief.isFor(problem);
        Arrangement first = startsGood ? Relief.of(problem, nodeOf) : new Arrangement(problem, nodeOf);
        scale = Scale.sampled(first, new Dice(effort.seed()));
        start = first.nodeOf.clone();
        annealings = IntStream.range(0, effort.threads())
                .mapToObj(i ->
                        new Annealing(new Arrangement(problem, start), mix(i), new Dice(effort.seed() * 1_000_003 + i)))
                .toList();
    }

    /**
     * @param nodeOf for each virtual machine its node
     * @param proposals how many changes were looked at
     */
    public record Found(int[] nodeOf, long cost, long proposals) {}

    /**
     * @param problem where every virtual machine is on a node; its present arrangement may be over capacity but breaks no other rule
     * @throws IllegalStateException when the calling thread is interrupted
     */
    public static Found run(Problem problem, SearchEffort effort, InstantSource clock) {
        return run(problem, effort, clock, Progress.UNWATCHED);
    }

    /**
     * The same, and tells on the way how far it is.
     *
     * @throws IllegalStateException when the calling thread is interrupted
     */
    public static Found run(Problem problem, SearchEffort effort, InstantSource clock, Progress progress) {
        return found(problem, problem.home(), effort, clock, progress);
    }

    /**
     * The same, from another arrangement than the present one.
     *
     * @param nodeOf for each virtual machine the node where it begins
     */
    public static Found runFrom(int[] nodeOf, Problem problem, SearchEffort effort, InstantSource clock) {
        return found(problem, nodeOf, effort, clock, Progress.UNWATCHED);
    }

    /** Where there is nothing to move, the present arrangement is all there is. */
    private static Found found(
            Problem problem, int[] nodeOf, SearchEffort effort, InstantSource clock, Progress progress) {
        return problem.vms() == 0
                ? new Found(new int[0], new Arrangement(problem, nodeOf).cost(), 0)
                : new Search(problem, nodeOf, effort, clock, progress).run();
    }

    private Found run() {
        CyclicBarrier meeting = new CyclicBarrier(annealings.size());
        List<Thread> threads = IntStream.range(1, annealings.size())
                .mapToObj(i -> Thread.ofPlatform().daemon().start(() -> anneal(i, meeting)))
                .toList();
        anneal(0, meeting);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("the search was interrupted", interrupted);
            }
        }
        long proposals = annealings.stream().mapToLong(Annealing::proposals).sum();
        return new Found(start, least, proposals);
    }

    private void anneal(int index, CyclicBarrier meeting) {
        Annealing annealing = annealings.get(index);
        double[] ends = startsGood ? FROM_GOOD : FROM_ANY;
        double begin = 0;
        for (int round = 0; round < ends.length; round++) {
            double end = ends[round];
            Temperature temperature = new Temperature(temperature(round, index));
            annealing.goOnFrom(start);
            tell(annealing.best().cost());
            for (double spent = spent(annealing); spent < end; spent = spent(annealing)) {
                annealing.run(BATCH, temperature.at(Math.max(0, spent - begin) / (end - begin)));
                tell(annealing.best().cost());
            }
            begin = end;
            await(meeting);
            if (index == 0) {
                compare(round);
            }
            await(meeting);
        }
    }

    private synchronized void tell(long cost) {
        if (cost < leastTold) {
            leastTold = cost;
            progress.better(Duration.between(started, clock.instant()).toMillis(), cost);
        }
    }

    private Mix mix(int index) {
        return startsGood || index % 2 == 0 ? Mix.RETURNING : Mix.ROAMING;
    }

    private double temperature(int round, int index) {
        if (!startsGood) {
            return scale * (mix(index) == Mix.RETURNING ? HOT_RETURNING : HOT_ROAMING);
        }
        return round < PROBES
                ? scale * HOTTEST_PROBE / Math.pow(PROBE_STEP, round * annealings.size() + index)
                : hot * Math.pow(STEP, index);
    }

    /** Runs in one thread while the others wait. */
    private void compare(int round) {
        for (int i = 0; i < annealings.size(); i++) {
            Annealing annealing = annealings.get(i);
            if (annealing.best().cost() < least) {
                least = annealing.best().cost();
                start = annealing.best().nodeOf().clone();
                hot = temperature(round, i);
            }
        }
    }

    private double spent(Annealing annealing) {
        double ofTime =
                effort.millis() > 0 ? Duration.between(started, clock.instant()).toNanos() / 1e6 / effort.millis() : 0;
        if (effort.proposals() == 0 || ofTime >= 1) {
            return ofTime;
        }
        // Not the larger of the two: as long as there is time, what is found must not depend on it.
        return annealing.proposals() * (double) annealings.size() / effort.proposals();
    }

    private static void await(CyclicBarrier meeting) {
        try {
            meeting.await();
        } catch (InterruptedException | BrokenBarrierException broken) {
            throw new IllegalStateException("the search was interrupted", broken);
        }
    }
}

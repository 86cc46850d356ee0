package dev.drover.bench.fleet;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Lets things happen to a fleet and measures how fast it is good again, and how good against a search from the same state. */
public final class ReplanBench {
    private static final int COMPARED_EVERY = 1000;

    private final InstantSource clock;
    private final SearchEffort effort;
    private final Replay replay;
    private final long[] nanos;
    private final int movesAtStart;
    private final List<Double> ratios = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();

    private ReplanBench(Fleet fleet, int events, SearchEffort effort, InstantSource clock) {
        this.clock = clock;
        this.effort = effort;
        nanos = new long[events];
        replay = new Replay(fleet, events, effort.seed());
        movesAtStart = replay.live().moves();
    }

    /**
     * Begins with what a search of this effort makes of the fleet.
     *
     * @param events how many, at least 1
     * @param effort of each search to compare with, one after every 1,000 events and at the end
     * @throws dev.drover.bench.BadInstance when the file is missing or wrong
     */
    public static Report run(Path path, int events, SearchEffort effort, InstantSource clock) {
        Fleet read = FleetReader.read(path);
        Stopwatch watch = Stopwatch.start(clock);
        Fleet good = read.placed(
                Search.run(FleetProblem.rebalance(read), effort, clock).nodeOf());
        ReplanBench bench = new ReplanBench(good, events, effort, clock);
        long started = watch.millis();
        bench.live();
        return bench.report(path.getFileName().toString(), started);
    }

    private void live() {
        for (int i = 0; i < nanos.length; i++) {
            Runnable event = replay.next();
            Instant before = clock.instant();
            event.run();
            nanos[i] = Duration.between(before, clock.instant()).toNanos();
            if ((i + 1) % COMPARED_EVERY == 0 || i + 1 == nanos.length) {
                compare(i + 1);
            }
        }
    }

    private void compare(int events) {
        Fleet now = replay.fleetNow();
        FleetEvaluator evaluator = new FleetEvaluator(now, now.nodesNow());
        for (String breach : evaluator.breachesWithNothingOnEmptied()) {
            breaches.add("after " + events + " events " + breach);
        }
        Search.Found found = Search.run(FleetProblem.rebalance(now), effort, clock);
        breaches.addAll(new FleetEvaluator(now, found.nodeOf()).breaches());
        ratios.add(
                evaluator.cost() == found.cost()
                        ? 1
                        : Math.round(1e4 * evaluator.cost() / Math.max(1, found.cost())) / 1e4);
    }

    private Report report(String instance, long started) {
        return Report.judged("replan", instance, breaches)
                .with("seed", effort.seed())
                .with("threads", effort.threads())
                .with("events", nanos.length)
                .with("startMillis", started)
                .withTimes(nanos)
                .with("relocations", replay.live().moves() - movesAtStart)
                .with("homeless", replay.live().homeless())
                .with("costAgainstSearch", ratios);
    }
}

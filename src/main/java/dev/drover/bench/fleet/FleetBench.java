package dev.drover.bench.fleet;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.sequence.Setting;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.Relief;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.Sequencing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Runs the search on one fleet. */
public final class FleetBench {
    private final Path path;
    private final Fleet fleet;
    private final Stopwatch watch;

    private FleetBench(Path path, InstantSource clock) {
        this.path = path;
        fleet = FleetReader.read(path);
        watch = Stopwatch.start(clock);
    }

    /**
     * The least cost of load and moves that is found within the effort.
     *
     * @throws dev.drover.bench.BadInstance when the file is missing or wrong
     */
    public static Report rebalance(Path path, SearchEffort effort, InstantSource clock, Progress progress) {
        FleetBench bench = new FleetBench(path, clock);
        Fleet fleet = bench.fleet;
        Search.Found found = Search.run(FleetProblem.rebalance(fleet), effort, clock, progress);
        long millis = bench.watch.millis();
        FleetEvaluator after = new FleetEvaluator(fleet, found.nodeOf());
        long bound = RemovalBound.ofCost(fleet);
        return bench.report("rebalance", after.breaches(), millis)
                .with("seed", effort.seed())
                .with("threads", effort.threads())
                .with("cost", after.cost())
                .with("initialCost", new FleetEvaluator(fleet, fleet.nodesNow()).cost())
                .with("lowerBound", bound)
                .with("gapPercent", Math.round(10_000.0 * (after.cost() - bound) / Math.max(1, bound)) / 100.0)
                .with("relocations", after.relocations())
                .with("proposals", found.proposals());
    }

    /** Relieves every node that is over its capacity by few and small moves. */
    public static Report repair(Path path, InstantSource clock) {
        FleetBench bench = new FleetBench(path, clock);
        Fleet fleet = bench.fleet;
        long bound = RemovalBound.ofMoves(fleet);
        Stopwatch solving = Stopwatch.start(clock);
        int[] nodeOf = Relief.relieved(FleetProblem.repair(fleet));
        long millis = solving.millis();
        FleetEvaluator after = new FleetEvaluator(fleet, nodeOf);
        return bench.report("repair", after.breachesWithCpu(), millis)
                .with("relocations", after.relocations())
                .with("movedMemory", after.movedMemory())
                .with("lowerBound", bound);
    }

    /**
     * Empties the nodes that the file lists, and puts the moves in an order.
     *
     * @param setting whose limits hold for the moves
     */
    public static Report evacuate(Path path, Setting setting, InstantSource clock) {
        FleetBench bench = new FleetBench(path, clock);
        Fleet fleet = bench.fleet;
        Stopwatch solving = Stopwatch.start(clock);
        int[] nodeOf = Relief.relieved(FleetProblem.evacuate(fleet));
        long planned = solving.millis();
        FleetMoves moves = new FleetMoves(fleet, nodeOf);
        SequenceProblem problem = moves.problem(setting);
        Sequencing found = Sequencing.of(problem);
        long millis = solving.millis();
        FleetEvaluator after = new FleetEvaluator(fleet, nodeOf);
        List<String> breaches = new ArrayList<>(after.breachesOfEvacuation());
        breaches.addAll(SequenceBench.breaches(problem, found));
        breaches.addAll(FleetInstants.breaches(fleet, moves.moving(), found.legs()));
        Report report = bench.report("evacuate", breaches, millis)
                .with("planMillis", planned)
                .with("relocations", after.relocations())
                .with("movedMemory", after.movedMemory());
        return SequenceBench.result(report, found);
    }

    private Report report(String kind, List<String> breaches, long millis) {
        return Report.judged(kind, path.getFileName().toString(), breaches).with("solveMillis", millis);
    }
}

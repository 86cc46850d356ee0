package dev.drover.bench.start;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.start.Arrivals.Vm;
import dev.drover.placement.search.Starts;
import dev.drover.placement.search.Starts.Nodes;
import dev.drover.placement.search.Starts.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Places what starts until the first that finds no node. */
public final class StartBench {
    private final Arrivals arrivals;
    private final InstantSource clock;
    private final List<Request> requests;
    private final Map<Integer, Integer> nodeOf = new LinkedHashMap<>();
    private final long[] nanos;
    private Starts starts;
    private int contradictory;

    private StartBench(Arrivals arrivals, InstantSource clock) {
        this.arrivals = arrivals;
        this.clock = clock;
        requests = arrivals.vms().stream().map(StartBench::request).toList();
        nanos = new long[requests.size()];
    }

    /**
     * A virtual machine whose group contradicts itself is left out and counted: no placement could hold it.
     *
     * @param isPlain without groups and zones
     * @throws dev.drover.bench.BadInstance when the file is missing or wrong
     */
    public static Report place(Path path, boolean isPlain, InstantSource clock) {
        Arrivals read = ArrivalsReader.read(path);
        StartBench bench = new StartBench(isPlain ? read.plain() : read, clock);
        Stopwatch watch = Stopwatch.start(clock);
        bench.run();
        long millis = watch.millis();
        return bench.report(path.getFileName().toString(), millis);
    }

    private static Request request(Vm vm) {
        return new Request(new int[] {vm.cpu(), vm.memory()}, vm.zone(), vm.spread(), vm.colocate());
    }

    private void run() {
        int[] capacity = new int[2 * arrivals.nodes()];
        for (int node = 0; node < arrivals.nodes(); node++) {
            capacity[2 * node] = arrivals.cpu();
            capacity[2 * node + 1] = arrivals.memory();
        }
        int[] zoneOf = IntStream.range(0, arrivals.nodes())
                .map(node -> node % Arrivals.ZONES)
                .toArray();
        starts = new Starts(new Nodes(2, capacity, zoneOf), requests);
        for (int i = 0; i < requests.size(); i++) {
            if (starts.isImpossible(requests.get(i))) {
                contradictory++;
                continue;
            }
            Instant before = clock.instant();
            int node = starts.place(requests.get(i));
            if (node == Starts.NOWHERE) {
                return;
            }
            nanos[nodeOf.size()] = Duration.between(before, clock.instant()).toNanos();
            nodeOf.put(i, node);
        }
    }

    private Report report(String instance, long millis) {
        int placed = nodeOf.size();
        return Report.judged("place", instance, ArrivalsEvaluator.breaches(arrivals, nodeOf))
                .with("solveMillis", millis)
                .with("placed", placed)
                .with("upperBound", mostThatFit())
                .with("contradictory", contradictory)
                .with("placementsPerSecond", Math.round(placed * 1000.0 / Math.max(1, millis)))
                .withTimes(Arrays.copyOf(nanos, placed));
    }

    /** How many could be placed at most: as many as the sum of all nodes holds. */
    private int mostThatFit() {
        long cpu = (long) arrivals.nodes() * arrivals.cpu();
        long memory = (long) arrivals.nodes() * arrivals.memory();
        int count = 0;
        for (int i = 0; i < requests.size(); i++) {
            if (starts.isImpossible(requests.get(i))) {
                continue;
            }
            cpu -= arrivals.vms().get(i).cpu();
            memory -= arrivals.vms().get(i).memory();
            if (cpu < 0 || memory < 0) {
                return count;
            }
            count++;
        }
        return count;
    }
}

package dev.drover.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Report;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.plot.Plot;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.sequence.Setting;
import dev.drover.bench.start.StartBench;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.SearchEffort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the engine's time grows with the size of the cluster, on generated instances, by the processor time of the thread. Compares with
 * docs/benchmarks.json; with {@code -Ddrover.record=true} it writes its figures there and the plot docs/time-over-size.svg instead.
 * {@code -Ddrover.kinds=PLACE,REPAIR} measures these only; the plot shows what is recorded of the others.
 */
@Tag("bench")
class SizesBenchTest {
    private static final Path PLOT = Path.of("docs", "time-over-size.svg");
    private static final int MEDIUM = 1000;
    private static final int LARGE = 5000;
    private static final List<Integer> SIZES = List.of(100, 300, MEDIUM, 3000, LARGE);
    private static final List<Kind> KINDS = Arrays.stream(Kind.values())
            .filter(kind -> System.getProperty("drover.kinds", kind.name()).contains(kind.name()))
            .toList();
    /** Of a rebalance, which ends when it is told to: so often each virtual machine is looked at. */
    private static final int PROPOSALS_EACH = 200;

    private static final int LEAST_PROPOSALS = 1_000_000;
    /** Its processor time is that of the first one; the other is as busy. */
    private static final int THREADS = 2;

    private static final int WARM_UP = 10;
    private static final int TIMES = 9;
    /** Of a rebalance, which takes seconds and is warm by then. */
    private static final int LONG_WARM_UP = 1;

    private static final int LONG_TIMES = 3;
    private static final InstantSource PROCESSOR =
            () -> Instant.EPOCH.plusNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());

    @TempDir
    private Path folder;

    /**
     * @param millis the least of the processor times: what others do on the machine only adds to it
     * @param quality how much worse than the bound of its kind, 1 being as good: cost, moves, makespan, or what could be placed
     */
    record Row(double millis, double quality) {}

    @Test
    void time_grows_about_as_the_cluster_and_nothing_is_slower_or_worse_than_recorded() throws IOException {
        Recorded measured = new Recorded();
        for (Kind kind : KINDS) {
            for (int nodes : SIZES) {
                Row row = measure(kind, nodes);
                measured.millis().put(name(kind, nodes), row.millis());
                measured.exactly().put(name(kind, nodes) + " quality", row.quality());
            }
            measured.growth().put(kind + " growth", growth(kind, measured));
        }
        if (Boolean.getBoolean("drover.record")) {
            plot(measured.withRecorded());
        }
        measured.check();
    }

    private static double growth(Kind kind, Recorded measured) {
        double large = millis(measured, kind, LARGE);
        double medium = millis(measured, kind, MEDIUM);
        return Math.round(1e3 * Math.log(large / medium) / Math.log((double) LARGE / MEDIUM)) / 1e3;
    }

    private static double millis(Recorded measured, Kind kind, int nodes) {
        return Math.max(1, measured.millis().get(name(kind, nodes)));
    }

    private static String name(Kind kind, int nodes) {
        return "%s %04d".formatted(kind, nodes);
    }

    private Row measure(Kind kind, int nodes) throws IOException {
        Path file = folder.resolve("instance.csv");
        Files.write(file, kind.lines(nodes, new SplittableRandom(1)));
        boolean isLong = kind == Kind.REBALANCE;
        long[] millis = new long[isLong ? LONG_TIMES : TIMES];
        double quality = 0;
        for (int run = isLong ? -LONG_WARM_UP : -WARM_UP; run < millis.length; run++) {
            Report report = solved(kind, file);
            assertThat(report.isValid()).as(name(kind, nodes)).isTrue();
            quality = quality(report.figures());
            millis[Math.max(0, run)] = ((Number) report.figures().get("solveMillis")).longValue();
        }
        Arrays.sort(millis);
        return new Row(millis[0], Math.round(quality * 1e4) / 1e4);
    }

    private static Report solved(Kind kind, Path file) {
        return switch (kind) {
            case PLACE -> StartBench.place(file, false, PROCESSOR);
            case REPAIR -> FleetBench.repair(file, PROCESSOR);
            case EVACUATE -> FleetBench.evacuate(file, Setting.B, PROCESSOR);
            case SEQUENCE -> SequenceBench.run(file, Setting.B, PROCESSOR);
            case REBALANCE -> rebalanced(file);
        };
    }

    private static Report rebalanced(Path file) {
        long vms;
        try (Stream<String> lines = Files.lines(file)) {
            vms = lines.count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        SearchEffort effort = new SearchEffort(1, THREADS, 0, Math.max(LEAST_PROPOSALS, PROPOSALS_EACH * vms));
        return FleetBench.rebalance(file, effort, PROCESSOR, Progress.UNWATCHED);
    }

    private static double quality(Map<String, Object> figures) {
        if (figures.containsKey("cost")) {
            return ((Number) figures.get("cost")).doubleValue() / ((Number) figures.get("lowerBound")).doubleValue();
        }
        if (figures.containsKey("makespanRatio")) {
            return ((Number) figures.get("makespanRatio")).doubleValue();
        }
        if (figures.containsKey("placed")) {
            return ((Number) figures.get("upperBound")).doubleValue() / ((Number) figures.get("placed")).doubleValue();
        }
        return ((Number) figures.get("relocations")).doubleValue() / ((Number) figures.get("lowerBound")).doubleValue();
    }

    private static void plot(Recorded measured) throws IOException {
        Plot plot = new Plot("nodes", "ms");
        for (Kind kind : Kind.values()) {
            plot.curve(
                    kind.name().toLowerCase(Locale.ROOT),
                    SIZES.stream()
                            .map(nodes -> new Plot.Point(nodes, millis(measured, kind, nodes)))
                            .toList());
        }
        Files.writeString(PLOT, plot.growth());
    }
}

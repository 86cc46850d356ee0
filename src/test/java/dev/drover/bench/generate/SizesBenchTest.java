package dev.drover.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Report;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.plot.Plot;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.sequence.Setting;
import dev.drover.bench.start.StartBench;
import java.io.IOException;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the engine's time grows with the size of the cluster, on generated instances, by the processor time of the thread. Compares with
 * docs/benchmarks.json; with {@code -Ddrover.record=true} it writes its figures there and the plot docs/time-over-size.svg instead.
 */
@Tag("bench")
class SizesBenchTest {
    private static final Path PLOT = Path.of("docs", "time-over-size.svg");
    private static final int MEDIUM = 1000;
    private static final int LARGE = 5000;
    private static final List<Integer> SIZES = List.of(100, 300, MEDIUM, 3000, LARGE);
    private static final List<Kind> KINDS = List.of(Kind.PLACE, Kind.REPAIR, Kind.EVACUATE, Kind.SEQUENCE);
    private static final int WARM_UP = 10;
    private static final int TIMES = 9;
    private static final InstantSource PROCESSOR =
            () -> Instant.EPOCH.plusNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());

    @TempDir
    private Path folder;

    /**
     * @param millis the least of the processor times: what others do on the machine only adds to it
     * @param quality how much worse than the bound of its kind, 1 being as good: moves, makespan, or what could be placed
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
            plot(measured);
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
        long[] millis = new long[TIMES];
        double quality = 0;
        for (int run = -WARM_UP; run < TIMES; run++) {
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
            case REBALANCE -> throw new IllegalArgumentException("its time is given to it");
        };
    }

    private static double quality(Map<String, Object> figures) {
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
        for (Kind kind : KINDS) {
            plot.curve(
                    kind.name().toLowerCase(Locale.ROOT),
                    SIZES.stream()
                            .map(nodes -> new Plot.Point(nodes, millis(measured, kind, nodes)))
                            .toList());
        }
        Files.writeString(PLOT, plot.growth());
    }
}

package dev.drover.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Report;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.fleet.ReplanBench;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.SearchEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How good the search is after a number of proposals, on generated instances: the median of three seeds, the same on every machine,
 * and therefore never worse than what docs/benchmarks.json holds. A change of the search that makes one of these worse is to be worth
 * it; then {@code -Ddrover.record=true} writes the new figures.
 */
@Tag("bench")
class ExactBenchTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);
    private static final long PROPOSALS = 2_000_000;
    private static final int EVENTS = 1000;

    @TempDir
    private Path folder;

    @Test
    void a_number_of_proposals_leads_to_no_worse_an_arrangement_than_recorded() throws IOException {
        Recorded measured = new Recorded();
        for (int nodes : new int[] {100, 1000}) {
            Path file = Files.write(
                    folder.resolve("rebalance-" + nodes), Kind.REBALANCE.lines(nodes, new SplittableRandom(nodes)));
            measured.exactly()
                    .put(
                            "REBALANCE %04d cost".formatted(nodes),
                            median(seed -> figure(
                                    FleetBench.rebalance(file, effort(seed), STILL, Progress.UNWATCHED), "cost")));
        }
        measured.check();
    }

    @Test
    void what_events_touched_is_mended_no_worse_than_recorded() throws IOException {
        Path file = Files.write(folder.resolve("replan"), Kind.REBALANCE.lines(100, new SplittableRandom(1)));
        Recorded measured = new Recorded();
        measured.exactly()
                .put(
                        "REPLAN 0100 cost against a search",
                        median(seed -> worst(ReplanBench.run(file, EVENTS, effort(seed), STILL))));
        measured.check();
    }

    private static SearchEffort effort(long seed) {
        return new SearchEffort(seed, 2, 0, PROPOSALS);
    }

    private static double median(ToDoubleFunction<Long> measure) {
        return LongStream.rangeClosed(1, 3)
                .mapToDouble(measure::applyAsDouble)
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private static double figure(Report report, String name) {
        assertThat(report.isValid()).isTrue();
        return ((Number) report.figures().get(name)).doubleValue();
    }

    private static double worst(Report report) {
        assertThat(report.isValid()).isTrue();
        return ((List<?>) report.figures().get("costAgainstSearch"))
                .stream()
                        .mapToDouble(ratio -> ((Number) ratio).doubleValue())
                        .max()
                        .orElseThrow();
    }
}

package dev.drover.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Report;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.sequence.Setting;
import dev.drover.bench.start.StartBench;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.SearchEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"REBALANCE,30", "REPAIR,30", "EVACUATE,30", "PLACE,30", "SEQUENCE,30", "SEQUENCE,3", "PLACE,3"})
    void each_kind_can_be_read_and_solved(Kind kind, int nodes) throws IOException {
        Path file = folder.resolve("instance.csv");
        for (int seed = 0; seed < 5; seed++) {
            Files.write(file, kind.lines(nodes, new SplittableRandom(seed)));

            assertThat(solved(kind, file).figures()).containsEntry("valid", true);
        }
    }

    private static Report solved(Kind kind, Path file) {
        return switch (kind) {
            case REBALANCE -> FleetBench.rebalance(file, new SearchEffort(1, 1, 0, 100_000), STILL, Progress.UNWATCHED);
            case REPAIR -> FleetBench.repair(file, STILL);
            case EVACUATE -> FleetBench.evacuate(file, Setting.B, STILL);
            case PLACE -> StartBench.place(file, false, STILL);
            case SEQUENCE -> SequenceBench.run(file, Setting.B, STILL);
        };
    }

    @Test
    void about_a_third_of_the_nodes_are_hot_before_they_are_repaired() throws IOException {
        Path file = Files.write(folder.resolve("fleet.csv"), Kind.REPAIR.lines(300, new SplittableRandom(7)));

        long bound = (long) FleetBench.repair(file, STILL).figures().get("lowerBound");

        assertThat(bound).isBetween(100L, 200L);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_seed_writes_the_same_and_another_one_does_not(Kind kind) {
        assertThat(kind.lines(20, new SplittableRandom(3)))
                .isEqualTo(kind.lines(20, new SplittableRandom(3)))
                .isNotEqualTo(kind.lines(20, new SplittableRandom(4)));
    }
}

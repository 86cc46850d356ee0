package dev.drover.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_file_of_results() {
        file = folder.resolve("results.jsonl");
    }

    private static Result result(String trial, long seed, Map<String, Object> figures) {
        return new Result(
                trial, seed, "2026-01-31", "abc", 0.2, 0, List.of(figures), List.of(new long[] {5, 70_000}, new long[] {
                    9000, 49_000
                }));
    }

    @Test
    void what_was_measured_is_read_again_and_the_median_of_the_seeds_counts() throws IOException {
        Results results = Results.of(file);
        results.add(result("rebalance n5000 30 s", 1, Map.of("cost", 49_400)));
        results.add(result("rebalance n5000 30 s", 2, Map.of("cost", 49_600)));
        results.add(result("rebalance n5000 30 s", 3, Map.of("cost", 49_450)));

        Results again = Results.of(file);

        assertThat(again.has("rebalance n5000 30 s", 3)).isTrue();
        assertThat(again.has("rebalance n5000 30 s", 4)).isFalse();
        assertThat(again.median("rebalance n5000 30 s", "cost")).isEqualTo(49_450);
        assertThat(new Summary(again).markdown())
                .contains("| rebalance n5000 30 s | cost | ≤ 49,500 | 49,450 | met |")
                .contains("| rebalance n5000 10 s | cost | ≤ 50,000 |  | not measured |");
    }

    @Test
    void a_target_that_is_missed_is_said_to_be() throws IOException {
        Results results = Results.of(file);
        results.add(result("sequence c", 1, Map.of("makespanRatio", 1.2)));

        assertThat(new Summary(results).markdown())
                .contains("| sequence c | makespanRatio | ≤ 1.1 | 1.2 | **not met** |");
    }

    @Test
    void a_line_that_was_cut_off_is_named() throws IOException {
        Results.of(file).add(result("sequence c", 1, Map.of()));
        Files.writeString(file, "{\"trial\":\"seq", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Results.of(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("results.jsonl, line 2: this is no result")
                .hasMessageContaining("Remove the line");
    }

    @Test
    void the_pages_show_how_the_cost_fell() throws IOException {
        Results results = Results.of(file);
        results.add(result("rebalance n5000 30 s", 1, Map.of("cost", 49_000, "solveMillis", 30_000)));

        Pages.write(results, folder);

        assertThat(folder.resolve("targets.md")).content().contains("2026-01-31, commit abc");
        assertThat(folder.resolve("cost-n5000.svg")).content().contains("Drover, seed 1", "lower bound", "48,000");
        assertThat(folder.resolve("cost-b_1.svg")).doesNotExist();
    }

    @Test
    void no_two_trials_have_one_name() {
        List<String> names = Trial.all().stream().map(Trial::name).toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(names).filteredOn(name -> name.startsWith("roadef")).hasSize(3 * 18);
    }
}

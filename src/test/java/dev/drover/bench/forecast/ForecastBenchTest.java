package dev.drover.bench.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import dev.drover.bench.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class ForecastBenchTest extends ReadingTest<List<Report>> {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

    @Test
    void noise_around_a_level_is_forecast_better_than_by_its_last_value_and_the_band_holds() throws IOException {
        Random random = new Random(1);
        Path file = file(IntStream.range(0, 2000)
                .mapToObj(_ -> 20 + 40 * random.nextDouble() + " " + 50 * random.nextDouble())
                .collect(Collectors.joining("\n")));

        List<Report> reports = ForecastBench.trace(file, STILL);

        assertThat(reports).hasSize(3).allMatch(Report::isValid);
        assertThat(reports.getFirst().figures())
                .containsEntry("series", 2)
                .containsEntry("aheadMinutes", 5)
                .hasEntrySatisfying(
                        "errorToNow", ratio -> assertThat((double) ratio).isBetween(0.6, 0.9));
    }

    @Test
    void where_no_model_can_be_better_the_last_value_is_what_is_stated() throws IOException {
        Path file = file("7\n".repeat(300));

        Report report = ForecastBench.trace(file, STILL).getFirst();

        assertThat(report.figures()).containsEntry("trustedPercent", 0.0).containsEntry("error", 0.0);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", "", "line 1: a load must be there; the file is empty"),
                Arguments.of(
                        "a column missing",
                        "1 2\n3\n",
                        "line 2: there must be as many loads as on the first line, 2 (3)"),
                Arguments.of("NaN", "1\nNaN\n", "line 2: the load must be from 0 to 1000 percent (NaN)"),
                Arguments.of("too short", "1\n".repeat(15), "is too short to forecast anything ("),
                Arguments.of("a word", "1\n2\nx\n", "line 3: the load must be a number (x)"));
    }

    @Override
    protected List<Report> read(Path file) {
        return ForecastBench.trace(file, STILL);
    }
}

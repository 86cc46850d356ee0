package dev.drover.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingBenchTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path folder;

    /** From some 30 to some 90 percent within five minutes, for six hours. */
    @Test
    void aPeakThatComesEachDayIsServedBetterAheadOfItThanByTheLoadOfNowOrByANumberThatStays() throws IOException {
        Random random = new Random(7);
        day("monday", "office", step -> (step >= 120 && step < 192 ? 85 : 25) + random.nextInt(6));

        Report report = ScalingBench.days(folder, CLOCK).getFirst();

        assertThat(report.isValid()).isTrue();
        assertThat(figure(report, "applications")).isEqualTo(1);
        double now = figure(report, "unmetPercentNow");
        double ahead = figure(report, "unmetPercentAhead");
        double fixed = figure(report, "unmetPercentFixed");
        assertThat(ahead).isLessThan(now / 2).isLessThan(fixed / 2);
        assertThat(figure(report, "moreByForecast")).isPositive();
    }

    @Test
    void whatNeverChangesIsServedAlikeByAll() throws IOException {
        day("monday", "steady", _ -> 60);

        Report report = ScalingBench.days(folder, CLOCK).getFirst();

        assertThat(figure(report, "unmetPercentNow")).isZero();
        assertThat(figure(report, "unmetPercentAhead")).isZero();
        assertThat(figure(report, "more")).isZero();
        assertThat(report.figures().get("vmHoursNow"))
                .isEqualTo(report.figures().get("vmHoursAhead"));
    }

    @Test
    void machinesWithAPeakAreReportedByThemselvesToo() throws IOException {
        day("monday", "steady", _ -> 60);
        day("monday", "peak", step -> step >= 120 && step < 132 ? 90 : 10);

        List<Report> reports = ScalingBench.days(folder, CLOCK);

        assertThat(figure(reports.getFirst(), "applications")).isEqualTo(2);
        assertThat(figure(reports.getLast(), "applications")).isEqualTo(1);
        assertThat(figure(reports.getLast(), "unmetPercentAhead"))
                .isLessThan(figure(reports.getLast(), "unmetPercentNow"));
    }

    @Test
    void aMachineThatTwoCanServeAllDayIsLeftOut() throws IOException {
        day("monday", "idle", _ -> 3);

        assertThat(figure(ScalingBench.days(folder, CLOCK).getFirst(), "applications"))
                .isZero();
    }

    @Test
    void severalDaysArePlayedInARowTooForTheMachinesThatAreInAll() throws IOException {
        for (String day : List.of("a", "b", "c")) {
            day(day, "always", step -> 20 + step % 40);
            day(day, "only-" + day, step -> 20 + step % 40);
        }

        List<Report> reports = ScalingBench.days(folder, CLOCK);

        assertThat(reports).hasSize(8);
        assertThat(figure(reports.get(6), "applications")).isEqualTo(1);
        assertThat(figure(reports.getFirst(), "applications")).isEqualTo(2);
    }

    @Test
    void aDayThatIsCutOffIsRefused() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("monday")).resolve("short"), "1\n2\n");

        assertThatThrownBy(() -> ScalingBench.days(folder, CLOCK))
                .isInstanceOf(BadInstance.class)
                .hasMessageContaining("(2 lines). Is it whole?");
    }

    private void day(String day, String machine, IntUnaryOperator percent) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(day)).resolve(machine),
                IntStream.range(0, 288)
                        .map(percent)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static double figure(Report report, String name) {
        return ((Number) report.figures().get(name)).doubleValue();
    }
}

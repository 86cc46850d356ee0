package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drover.model.Resources;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageWindowTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static UsageWindow of(int samples) {
        UsageWindow window = new UsageWindow(Resources.CPU, Resources.MEMORY);
        for (int i = 1; i <= samples; i++) {
            window.add(START.plusSeconds(15L * i), Resources.of(i * 100L, i), FIVE_MINUTES);
        }
        return window;
    }

    @ParameterizedTest(name = "the {0}th percentile of 100m, 200m ... 1000m is {1}m")
    @CsvSource({"1, 100", "10, 100", "50, 500", "51, 600", "95, 1000", "100, 1000"})
    void thePercentileIsAMeasuredValue(int percent, long cpu) {
        Instant now = START.plusSeconds(150);

        assertThat(of(10).percentile(now, FIVE_MINUTES, percent)).contains(Resources.of(cpu, cpu / 100));
    }

    @Test
    void whatIsOlderThanTheWindowDoesNotCount() {
        Instant now = START.plusSeconds(15 * 40);

        assertThat(of(40).percentile(now, Duration.ofSeconds(30), 1)).contains(Resources.of(3800, 38));
        assertThat(of(40).percentile(now.plusSeconds(600), FIVE_MINUTES, 50)).isEmpty();
        assertThat(new UsageWindow(Resources.CPU, Resources.MEMORY).percentile(now, FIVE_MINUTES, 50))
                .isEmpty();
    }

    @Test
    void aLongWindowKeepsItsPeaksInBoundedMemory() {
        UsageWindow window = new UsageWindow(Resources.CPU, Resources.MEMORY);
        Duration day = Duration.ofDays(1);
        for (int i = 0; i < 5760; i++) {
            window.add(START.plusSeconds(15L * i), Resources.of(i == 3000 ? 9_000 : 100, 1), day);
        }
        Instant now = START.plus(day);

        assertThat(window.percentile(now, day, 100)).contains(Resources.of(9_000, 1));
        assertThat(window.percentile(now, day, 95)).contains(Resources.of(100, 1));
        assertThat(window.percentile(now, day, 1))
                .as("the oldest hour is still there")
                .isPresent();
    }

    @Test
    void aClockThatStandsStillMergesIntoThePeak() {
        UsageWindow window = new UsageWindow(Resources.CPU, Resources.MEMORY);
        window.add(START, Resources.of(100, 5), FIVE_MINUTES);
        window.add(START, Resources.of(300, 2), FIVE_MINUTES);

        assertThat(window.percentile(START, FIVE_MINUTES, 50)).contains(Resources.of(300, 5));
    }

    @ParameterizedTest
    @CsvSource({"0", "101", "-1"})
    void aPercentileThatIsNoneIsRefused(int percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(1).percentile(START, FIVE_MINUTES, percent))
                .withMessageContaining("(" + percent + ")");
    }
}

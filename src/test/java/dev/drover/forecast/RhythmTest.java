package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a day, half an hour ahead                   | PT30M | PT24H  | PT15S | 288 | 6
            as far as half a day: never more than that  | PT12H | PT24H  | PT15S | 288 | 144
            an hour: no finer than it is measured       | PT5M  | PT1H   | PT15S | 240 | 20
            less than an interval ahead: one interval   | PT10S | PT24H  | PT15S | 288 | 1
            hardly longer than a measurement            | PT10S | PT1M   | PT10M | 4   | 1
            """)
    void intervals(String story, Duration horizon, Duration season, Duration shortest, int perSeason, int ahead) {
        assertThat(Rhythm.of(horizon, season, shortest)).isEqualTo(new Rhythm(season, perSeason, ahead));
    }

    @Test
    void each_interval_begins_in_itself_and_right_after_the_one_before() {
        Rhythm rhythm = Rhythm.of(Duration.ofSeconds(30), Duration.ofSeconds(1000), Duration.ofSeconds(1));

        for (long interval = 1_000_000; interval < 1_000_600; interval++) {
            Instant start = rhythm.start(interval);
            assertThat(rhythm.interval(start)).isEqualTo(interval);
            assertThat(rhythm.interval(start.minusMillis(1))).isEqualTo(interval - 1);
        }
    }

    @Test
    void one_that_looks_further_than_its_season_is_refused() {
        assertThatThrownBy(() -> new Rhythm(Duration.ofDays(1), 288, 288))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(288). Mend what is outside.");
    }
}

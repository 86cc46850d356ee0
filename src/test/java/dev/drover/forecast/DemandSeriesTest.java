package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A day of 48 half hours, looked at three of them ahead. */
class DemandSeriesTest {
    private static final int DAY = 48;
    private static final Rhythm RHYTHM = new Rhythm(Duration.ofDays(1), DAY, 3);
    /** From 9 to 17 hours. */
    private static final LongToDoubleFunction OFFICE = step -> step % DAY >= 18 && step % DAY < 34 ? 3000 : 500;

    private final DemandSeries series = new DemandSeries(RHYTHM);

    @Test
    void the_first_day_says_nothing_of_a_peak_and_the_third_knows_it_before_it_comes() {
        play(0, DAY + 17, OFFICE);
        assertThat(series.ahead()).noneMatch(Forecast.Trusted.class::isInstance);

        play(DAY + 17, 2 * DAY + 17, OFFICE);

        assertThat(series.ahead()).hasSize(3).allSatisfy(forecast -> assertThat(forecast)
                .isInstanceOfSatisfying(Forecast.Trusted.class, trusted -> assertThat(trusted.error())
                        .isLessThan(trusted.errorOfNow())));
        assertThat(expected()).element(0).satisfies(value -> assertThat(value).isCloseTo(500, within(200.0)));
        assertThat(expected()).element(1).satisfies(value -> assertThat(value).isCloseTo(3000, within(200.0)));
    }

    @Test
    void of_what_never_changes_nothing_is_forecast() {
        play(0, 4 * DAY, _ -> 700);

        assertThat(series.ahead()).noneMatch(Forecast.Trusted.class::isInstance);
    }

    @Test
    void what_is_not_measured_any_more_is_not_forecast_and_comes_back_with_the_next_measurement() {
        play(0, 3 * DAY, OFFICE);
        assertThat(series.ahead()).allMatch(Forecast.Trusted.class::isInstance);

        series.add(3 * DAY, Double.NaN);
        assertThat(series.ahead()).containsOnly(new Forecast.Unknown());

        // Left out: the next three.
        play(3 * DAY + 4, 3 * DAY + 5, OFFICE);
        assertThat(series.ahead()).allMatch(Forecast.Trusted.class::isInstance);
    }

    @Test
    void after_more_than_a_season_without_a_value_it_begins_anew() {
        play(0, 3 * DAY, OFFICE);

        play(5 * DAY, 5 * DAY + 1, OFFICE);

        assertThat(series.ahead()).containsOnly(new Forecast.Unknown());
        assertThat(series.last()).isEqualTo(5 * DAY);
    }

    @Test
    void an_interval_counts_once() {
        play(0, 3 * DAY, OFFICE);
        List<Forecast> before = series.ahead();

        series.add(3 * DAY - 1, 9000);

        assertThat(series.ahead()).isEqualTo(before);
    }

    private void play(long from, long to, LongToDoubleFunction value) {
        for (long step = from; step < to; step++) {
            series.add(step, value.applyAsDouble(step));
        }
    }

    private List<Double> expected() {
        return series.ahead().stream()
                .map(forecast -> ((Forecast.Trusted) forecast).band().expected())
                .toList();
    }
}

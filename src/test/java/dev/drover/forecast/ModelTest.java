package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {
    private static final int DAY = 24;

    /** All, by name. */
    static Stream<Model> all() {
        return Stream.concat(Stream.of(new SameAsNow()), Models.all(DAY, 100).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void before_the_first_value_it_says_nothing(Model model) {
        assertThat(model.predict(1)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("all")
    void of_what_was_never_measured_it_says_nothing(Model model) {
        feed(model, 20 * DAY, _ -> Double.NaN);

        assertThat(model.predict(1)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_never_changes_is_expected_again_however_far_ahead(Model model) {
        feed(model, 8 * DAY, _ -> 40);

        for (int ahead : new int[] {1, 6, 100}) {
            assertThat(model.predict(ahead)).as(model.name()).isCloseTo(40, within(40 * 0.05));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_was_not_measured_for_a_while_changes_nothing_of_a_constant(Model model) {
        feed(model, 10 * DAY, step -> step % 7 < 3 && step > 2 ? Double.NaN : 40);

        assertThat(model.predict(1)).as(model.name()).isCloseTo(40, within(40 * 0.05));
    }

    @ParameterizedTest
    @MethodSource("all")
    void after_a_step_it_comes_to_the_new_level(Model model) {
        feed(model, 40 * DAY, step -> step < 8 * DAY ? 10 : 60);

        assertThat(model.predict(1)).as(model.name()).isCloseTo(60, within(60 * 0.05));
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_never_expects_less_than_nothing_nor_anything_but_a_number(Model model) {
        Random random = new Random(7);
        feed(model, 8 * DAY, _ -> 0);
        for (int step = 0; step < 20 * DAY; step++) {
            model.observe(random.nextInt(3) == 0 ? Double.NaN : random.nextInt(2) * 1000 * random.nextDouble());
            assertThat(model.predict(1 + step % 30)).as(model.name()).isFinite().isNotNegative();
        }
    }

    @Test
    void a_daily_season_is_known_after_one_day_and_a_weekly_one_after_one_week() {
        for (int period : new int[] {DAY, 7 * DAY}) {
            Model model = new HoltWinters(period);
            IntToDoubleFunction season = step -> 50 + 40 * Math.sin(2 * Math.PI * step / period);

            feed(model, period - 1, season);
            assertThat(model.predict(1)).isNaN();

            int steps = 3 * period;
            Model later = new HoltWinters(period);
            feed(later, steps, season);
            for (int ahead = 1; ahead <= 2 * period; ahead++) {
                assertThat(later.predict(ahead)).isCloseTo(season.applyAsDouble(steps + ahead - 1), within(1.0));
            }
        }
    }

    @Test
    void a_percentile_is_that_of_the_window_by_the_nearest_rank() {
        Model model = new WindowPercentile(5, 80);
        for (double value : new double[] {99, 1, 2, 3, Double.NaN, 4}) {
            model.observe(value);
        }

        assertThat(model.predict(1)).isEqualTo(4);
        model.observe(Double.NaN);
        model.observe(Double.NaN);
        assertThat(model.predict(1)).isEqualTo(4);
        model.observe(1);
        model.observe(1);
        model.observe(1);
        assertThat(model.predict(1)).isEqualTo(1);
    }

    @Test
    void in_a_histogram_a_value_counts_half_after_each_half_life() {
        DecayedHistogram median = new DecayedHistogram(10, 50, 0.1, 100);
        feed(median, 30, step -> step < 15 ? 80 : 20);
        assertThat(median.predict(1)).isCloseTo(20, within(1.0));

        DecayedHistogram high = new DecayedHistogram(10, 90, 0.1, 100);
        feed(high, 30, step -> step < 15 ? 80 : 20);
        assertThat(high.predict(1)).isCloseTo(80, within(4.0));
        feed(high, 30, _ -> 20);
        assertThat(high.predict(1)).isCloseTo(20, within(1.0));
    }

    @Test
    void a_histogram_runs_for_ever() {
        DecayedHistogram median = new DecayedHistogram(1, 50, 0.1, 100);
        feed(median, 5000, _ -> 30);

        assertThat(median.predict(1)).isCloseTo(30, within(1.5));
    }

    @Test
    void without_decay_to_speak_of_mean_and_variance_are_those_of_the_textbook() {
        DecayedMoments moments = new DecayedMoments(1e12);
        List.of(2.0, 4.0, 4.0, 4.0, Double.NaN, 5.0, 5.0, 7.0, 9.0).forEach(moments::observe);

        assertThat(moments.mean()).isCloseTo(5, within(1e-6));
        assertThat(moments.variance()).isCloseTo(4, within(1e-6));
        assertThat(moments.weight()).isCloseTo(8, within(1e-6));
    }

    @Test
    void what_returns_to_its_mean_at_a_constant_rate_is_expected_to_go_on_so() {
        Random random = new Random(5);
        double[] value = {0};
        Model model = new MeanReversion(2000);
        feed(model, 20_000, _ -> {
            value[0] = 0.8 * value[0] + random.nextGaussian();
            return 50 + value[0];
        });

        assertThat(model.predict(1) - 50).isCloseTo(0.8 * value[0], within(0.2));
        assertThat(model.predict(3) - 50).isCloseTo(0.512 * value[0], within(0.2));
    }

    private static void feed(Model model, int steps, IntToDoubleFunction values) {
        IntStream.range(0, steps).mapToDouble(values::applyAsDouble).forEach(model::observe);
    }
}

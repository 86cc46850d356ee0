package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final int DAY = 48;

    @Test
    void nothing_is_known_of_nothing() {
        assertThat(forecaster(1).forecast()).isInstanceOf(Forecast.Unknown.class);
        assertThat(fed(1, 500, _ -> Double.NaN).forecast()).isInstanceOf(Forecast.Unknown.class);
        assertThat(fed(1, 3, _ -> 5).forecast()).isInstanceOf(Forecast.Unknown.class);
    }

    @Test
    void of_what_never_changes_no_model_knows_more_than_the_last_value() {
        assertThat(fed(3, 500, _ -> 5).forecast()).isEqualTo(new Forecast.NoBetterThanNow(new Band(5, 5, 5), 0));
    }

    /** Of a walk of equal steps the last value is the best that can be said. */
    @Test
    void a_random_walk_is_hardly_ever_forecast_better_than_by_its_last_value() {
        Random random = new Random(11);
        double[] value = {1000};
        Forecaster forecaster = new Forecaster(Models.all(DAY, 2000), new Forecaster.Settings(1, 5000, 0.9));
        int trusted = 0;
        for (int step = 0; step < 6000; step++) {
            value[0] += random.nextBoolean() ? 1 : -1;
            forecaster.observe(value[0]);
            trusted += step >= 1000 && forecaster.forecast() instanceof Forecast.Trusted ? 1 : 0;
        }
        assertThat(trusted).isLessThan(500);
    }

    @Test
    void a_season_is_found_by_the_test_of_the_past() {
        IntToDoubleFunction season = step -> 50 + 40 * Math.sin(2 * Math.PI * step / DAY);

        Forecast forecast = fed(6, 4 * DAY, season).forecast();

        assertThat(forecast).isInstanceOfSatisfying(Forecast.Trusted.class, trusted -> {
            assertThat(trusted.model()).isEqualTo("Holt-Winters, season of 48");
            assertThat(trusted.band().expected()).isCloseTo(season.applyAsDouble(4 * DAY + 5), within(1.0));
            assertThat(trusted.error()).isLessThan(trusted.errorOfNow() / 2);
        });
    }

    @Property(tries = 50)
    void what_is_trusted_was_better_on_the_past_and_a_band_holds_what_is_expected(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int ahead) {
        Random random = new Random(seed);
        Forecaster forecaster = forecaster(ahead);
        double level = 50;
        for (int step = 0; step < 6 * DAY; step++) {
            level = random.nextInt(40) == 0 ? 100 * random.nextDouble() : level;
            double noise = random.nextInt(2) * 10 * random.nextDouble();
            forecaster.observe(random.nextInt(10) == 0 ? Double.NaN : level + noise);
            switch (forecaster.forecast()) {
                case Forecast.Unknown _ -> {}
                case Forecast.NoBetterThanNow(Band band, double error) -> {
                    assertThat(band.holds(band.expected())).isTrue();
                    assertThat(error).isNotNegative();
                }
                case Forecast.Trusted(String _, Band band, double error, double errorOfNow) -> {
                    assertThat(band.holds(band.expected())).isTrue();
                    assertThat(error).isLessThan(errorOfNow);
                }
            }
        }
    }

    @Property(tries = 10)
    void a_band_holds_as_often_as_it_states(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        Forecaster forecaster = forecaster(1);
        double level = 100;
        int held = 0;
        int stated = 0;
        for (int step = 0; step < 4000; step++) {
            level = random.nextInt(200) == 0 ? 50 + 200 * random.nextDouble() : level;
            double value = level + 10 * random.nextGaussian();
            if (forecaster.forecast() instanceof Forecast.Trusted(String _, Band band, double _, double _)) {
                stated++;
                held += band.holds(value) ? 1 : 0;
            }
            forecaster.observe(value);
        }
        assertThat(stated).isGreaterThan(3000);
        assertThat(100.0 * held / stated).isCloseTo(90, within(2.0));
    }

    @Test
    void what_is_no_demand_is_refused() {
        Forecaster forecaster = forecaster(1);

        for (double value : new double[] {-1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> forecaster.observe(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be finite and not negative (" + value + ")");
        }
        assertThatThrownBy(() -> new Forecaster.Settings(0, 1, 0.9)).hasMessageContaining("1 or more (0)");
        assertThatThrownBy(() -> new Forecaster.Settings(1, 0, 0.9)).hasMessageContaining("above 0 (0.0)");
        assertThatThrownBy(() -> new Forecaster.Settings(1, 1, 1)).hasMessageContaining("between 0 and 1 (1.0)");
        assertThatThrownBy(() -> new Band(3, 2, 4)).hasMessageContaining("low (3.0), expected (2.0)");
    }

    private static Forecaster forecaster(int ahead) {
        return new Forecaster(Models.all(DAY, 100), new Forecaster.Settings(ahead, DAY, 0.9));
    }

    private static Forecaster fed(int ahead, int steps, IntToDoubleFunction values) {
        Forecaster forecaster = forecaster(ahead);
        for (int step = 0; step < steps; step++) {
            forecaster.observe(values.applyAsDouble(step));
        }
        return forecaster;
    }
}

package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LoadSeriesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GAP = Duration.ofMinutes(3);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final LoadSeries series = new LoadSeries(GAP);
    private Instant now = START;

    @Test
    void whatIsNowIsOfTheLastMinute() {
        run(Duration.ofMinutes(5), _ -> 1000);
        run(Duration.ofSeconds(60), _ -> 3000);

        assertThat(load().now()).isEqualTo(3000);
        assertThat(load().peak()).isEqualTo(3000);
    }

    @Test
    void aShortPeakIsRememberedForTheTimeOfStabilization() {
        run(Duration.ofMinutes(15), _ -> 1000);
        run(Duration.ofMinutes(1), _ -> 4000);
        run(Duration.ofMinutes(8), _ -> 1000);
        assertThat(load().peak()).isEqualTo(4000);

        run(Duration.ofMinutes(4), _ -> 1000);
        assertThat(load().peak()).isEqualTo(1000);
    }

    @Test
    void afterAGapNothingIsKnownAndWhatWasWholeCountsFromAnew() {
        run(Duration.ofMinutes(15), _ -> 1000);
        assertThat(load().wholeSince()).isEqualTo(START);

        now = now.plus(GAP).plusSeconds(1);
        assertThat(load()).isEqualTo(Load.UNKNOWN);

        series.add(now, 1000, true, WINDOW);
        assertThat(load().isKnown()).isTrue();
        assertThat(load().wholeSince()).isEqualTo(now);
    }

    @Test
    void whatIsMissingEndsTheTimeInWhichNothingWas() {
        run(Duration.ofMinutes(15), _ -> 1000);
        series.add(now, 500, false, WINDOW);
        assertThat(load().wholeSince()).isNull();

        now = now.plusSeconds(15);
        series.add(now, 1000, true, WINDOW);
        assertThat(load().wholeSince()).isEqualTo(now);
    }

    @Test
    void aDailyPeakIsForecastFromTheThirdDayOnForWhenAVirtualMachineWouldBeReady() {
        series.lookAhead(Duration.ofMinutes(14));
        run(Duration.ofDays(2).plusHours(9).plusMinutes(50), LoadSeriesTest::office);

        Load load = load();
        assertThat(load.now()).isEqualTo(1000);
        assertThat(load.time()).isEqualTo(Instant.parse("2026-01-03T10:00:00Z"));
        assertThat(load.ahead()).isInstanceOfSatisfying(Forecast.Trusted.class, trusted -> assertThat(
                        trusted.band().expected())
                .isCloseTo(5000, within(200.0)));
        assertThat(load.peak()).isCloseTo(5000, within(200.0));
    }

    @Test
    void whenAVirtualMachineTakesLongerAllThatIsKnownIsLearntAnew() {
        series.lookAhead(Duration.ofMinutes(4));
        run(Duration.ofDays(3).plusHours(9).plusMinutes(35), LoadSeriesTest::office);

        series.lookAhead(Duration.ofMinutes(26));

        assertThat(load().time()).isEqualTo(Instant.parse("2026-01-04T10:00:00Z"));
        assertThat(load().ahead()).isInstanceOfSatisfying(Forecast.Trusted.class, trusted -> assertThat(
                        trusted.band().expected())
                .isCloseTo(5000, within(200.0)));
    }

    /** Neither a clock that is set back nor one that leaps breaks anything. */
    @Test
    void aClockThatLeapsIsNoMatter() {
        run(Duration.ofHours(2), _ -> 1000);
        now = now.minus(Duration.ofHours(1));
        run(Duration.ofMinutes(10), _ -> 1000);
        now = now.plus(Duration.ofDays(400));
        run(Duration.ofMinutes(10), _ -> 2000);

        assertThat(load().now()).isEqualTo(2000);
    }

    private static double office(Instant at) {
        long hour = at.getEpochSecond() / 3600 % 24;
        return hour >= 10 && hour < 16 ? 5000 : 1000;
    }

    private void run(Duration time, ToDoubleFunction<Instant> load) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(15)) {
            series.add(now, load.applyAsDouble(now), true, WINDOW);
        }
    }

    private Load load() {
        return series.load(now, 2000, WINDOW);
    }
}

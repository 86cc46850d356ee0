package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.config.Settings;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Outlook;
import dev.drover.forecast.Rhythm;
import dev.drover.model.Resources;
import dev.drover.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An hour is the season, measured every 15 s; half of it is busy. Ten minutes are looked ahead. */
class DemandForecastsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String AHEAD =
            "demand: {windowSeconds: 15, forecast: {horizonSeconds: 600, seasonSeconds: 3600}}";
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final int PER_SEASON = 240;
    private static final VmId WEB = new VmId("default", "web-0");

    private final Measurements measurements = new Measurements();
    private final DemandForecasts forecasts = new DemandForecasts(Settings.DEFAULT);
    private final SnapshotBuilder builder =
            new SnapshotBuilder(measurements, forecasts, new Ledger(() -> START), Settings.DEFAULT);
    private boolean isMeasured = true;
    private boolean isThere = true;
    private String spec = AHEAD;

    @Test
    void what_came_twice_is_forecast_for_each_time_within_the_horizon() {
        play(0, 2 * PER_SEASON + 100);

        Outlook outlook = outlook(2 * PER_SEASON + 100);

        Rhythm rhythm = Rhythm.of(Duration.ofMinutes(10), Duration.ofHours(1), STEP);
        assertThat(outlook.times()).hasSize(40).isEqualTo(times(rhythm, 2 * PER_SEASON + 100));
        // The busy half begins 20 intervals later.
        assertThat(expected(outlook, 10)).isBetween(50.0, 400.0);
        assertThat(expected(outlook, 30)).isBetween(1_600.0, 2_100.0);
    }

    @Test
    void a_policy_that_does_not_look_ahead_has_nothing_to_tell_and_is_not_asked() {
        spec = "demand: {windowSeconds: 15}";
        play(0, 3);

        assertThat(forecasts.due(written().policies(), at(4))).isFalse();
        assertThat(snapshot(at(3)).outlookOf()).isEmpty();
    }

    @Test
    void each_interval_is_read_once() {
        assertThat(forecasts.due(written().policies(), at(1))).isTrue();
        play(1, 2);

        assertThat(forecasts.due(written().policies(), at(1).plusSeconds(14))).isFalse();
        assertThat(forecasts.due(written().policies(), at(2))).isTrue();
    }

    @Test
    void without_measurements_nothing_is_forecast() {
        play(0, 2 * PER_SEASON);
        isMeasured = false;

        play(2 * PER_SEASON, 2 * PER_SEASON + 20);

        assertThat(outlook(2 * PER_SEASON + 20).trusted()).isZero();
    }

    @Test
    void a_virtual_machine_that_was_stopped_for_less_than_a_season_is_known_when_it_comes_back() {
        play(0, 3 * PER_SEASON);
        isThere = false;
        play(3 * PER_SEASON, 3 * PER_SEASON + 60);
        assertThat(outlook(3 * PER_SEASON + 60).forecasts()).isEmpty();
        isThere = true;

        play(3 * PER_SEASON + 60, 3 * PER_SEASON + 160);

        assertThat(expected(outlook(3 * PER_SEASON + 160), 30)).isPositive();
    }

    @Test
    void another_season_or_horizon_is_learnt_anew() {
        play(0, 2 * PER_SEASON);
        spec = AHEAD.replace("600", "300");

        assertThat(outlook(2 * PER_SEASON)).isEqualTo(Outlook.NONE);
        play(2 * PER_SEASON, 2 * PER_SEASON + 1);
        assertThat(outlook(2 * PER_SEASON + 1).times()).hasSize(20);
        assertThat(outlook(2 * PER_SEASON + 1).trusted()).isZero();
    }

    private void play(int from, int to) {
        for (int step = from; step < to; step++) {
            if (isMeasured) {
                long cpu = (step % PER_SEASON < PER_SEASON / 2 ? 100 : 2_000) + step * 37 % 20;
                measurements.add("uid-web-0", "t" + step, at(step), Resources.of(cpu, 1 << 20));
                measurements.answered(Set.of("uid-web-0"), Set.of(), Map.of());
            }
            if (forecasts.due(written().policies(), at(step))) {
                forecasts.read(snapshot(at(step)));
            }
        }
    }

    private static Instant at(int step) {
        return START.plus(STEP.multipliedBy(step));
    }

    private static List<Instant> times(Rhythm rhythm, int step) {
        long read = rhythm.interval(at(step - 1));
        return java.util.stream.LongStream.rangeClosed(read + 1, read + rhythm.ahead())
                .mapToObj(rhythm::start)
                .toList();
    }

    private Outlook outlook(int step) {
        return snapshot(at(step)).outlookOf().getOrDefault("default", Outlook.NONE);
    }

    private static double expected(Outlook outlook, int time) {
        return ((Forecast.Trusted) outlook.forecasts().get(WEB).get(time))
                .band()
                .expected();
    }

    private Written written() {
        return new Written(
                List.of(Texts.read(
                        PlacementPolicy.class,
                        "metadata: {name: default, uid: p, creationTimestamp: '2026-01-01T00:00:00Z'}\nspec: {%s}"
                                .formatted(spec))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Snapshot snapshot(Instant now) {
        Seen seen = new Seen(
                List.of(Texts.node("node-1")),
                List.of(),
                List.of(),
                List.of(),
                isThere ? List.of(Texts.instance("web-0", "{phase: Running, nodeName: node-1}")) : List.of(),
                List.of(),
                MigrationLimits.NONE,
                written());
        return builder.build(now, seen, SnapshotBuilderTest.KUBEVIRT, Freshness.FRESH);
    }
}

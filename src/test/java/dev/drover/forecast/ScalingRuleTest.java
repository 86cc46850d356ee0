package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingRuleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final ScalingRule RULE = new ScalingRule(2, 6, 70, TEN_MINUTES);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    /** Virtual machines of 2 cores: at 70 % each bears 1,400 millicores. */
    @ParameterizedTest(name = "{0}: of {1} with {2} millicores used and {3} forecast there are {4}")
    @CsvSource({
        "what is used is borne,               2, 2800,     , 2",
        "a little more is not,                2, 2801,     , 3",
        "a forecast counts as if it were so,  2, 2000, 4000, 3",
        "a forecast of less takes none away,  3, 4000,  100, 3",
        "no more than twice as many at once,  2, 8400,     , 4",
        "no more than max,                    4, 99999,    , 6",
        "a forecast goes no further than max, 4, 2000, 99999, 6",
        "one less at a time,                  5, 1000,     , 4",
        "not below min,                       2, 0,        , 2",
        "close below the target it stays,     3, 2600,     , 3",
        "a tenth below the target it goes,    3, 2500,     , 2"
    })
    void theNumberFollowsTheLoad(String says, int count, double used, @Nullable Double forecast, int expected) {
        assertThat(after(RULE, count, load(used, forecast))).as(says).isEqualTo(expected);
    }

    @Test
    void withoutAMeasurementTheNumberStays() {
        assertThat(RULE.decide(3, LONG_AGO, Load.UNKNOWN, NOW)).isInstanceOf(ScalingRule.Unknown.class);
        Load unknownSize = new Load(5000, Double.NaN, new Forecast.Unknown(), null, 5000, LONG_AGO);
        assertThat(RULE.decide(3, LONG_AGO, unknownSize, NOW)).isInstanceOf(ScalingRule.Unknown.class);
    }

    @Test
    void aForecastThatWasNoBetterThanTheSameAsNowIsNotActedOn() {
        Load load = new Load(2000, 2000, new Forecast.NoBetterThanNow(new Band(0, 9000, 9000), 1), NOW, 2000, LONG_AGO);

        assertThat(RULE.decide(2, LONG_AGO, load, NOW)).isInstanceOf(ScalingRule.Stays.class);
    }

    @Test
    void fewerOnlyWhenAllOfTheTimeWasMeasuredAndFewerWereEnoughInAllOfIt() {
        Forecast none = new Forecast.Unknown();
        Instant short_ = NOW.minus(TEN_MINUTES).plusSeconds(1);

        assertThat(RULE.decide(4, LONG_AGO, new Load(10, 2000, none, null, 10, short_), NOW))
                .isInstanceOf(ScalingRule.Stays.class);
        assertThat(RULE.decide(4, LONG_AGO, new Load(10, 2000, none, null, 10, null), NOW))
                .isInstanceOf(ScalingRule.Stays.class);
        assertThat(RULE.decide(4, LONG_AGO, new Load(10, 2000, none, null, 4000, LONG_AGO), NOW))
                .isInstanceOf(ScalingRule.Stays.class);
        assertThat(RULE.decide(4, LONG_AGO, new Load(10, 2000, none, null, 10, LONG_AGO), NOW))
                .isEqualTo(new ScalingRule.Fewer(3, 10));
    }

    @Test
    void whatIsMissingInTheLoadKeepsNobodyFromComing() {
        Load lessThanUsed = new Load(5000, 2000, new Forecast.Unknown(), null, 5000, null);

        assertThat(RULE.decide(2, LONG_AGO, lessThanUsed, NOW)).isEqualTo(new ScalingRule.More(4, 5000, false));
    }

    @Test
    void twoStepsAreNotTakenInOneBreath() {
        assertThat(RULE.decide(2, NOW.minusSeconds(29), load(8000, null), NOW)).isInstanceOf(ScalingRule.Stays.class);
        assertThat(RULE.decide(2, NOW.minusSeconds(30), load(8000, null), NOW)).isInstanceOf(ScalingRule.More.class);
        assertThat(RULE.decide(4, NOW.minusSeconds(29), load(10, null), NOW)).isInstanceOf(ScalingRule.Stays.class);
    }

    @Test
    void atMaxItSaysThatMoreAreNeeded() {
        assertThat(RULE.decide(6, LONG_AGO, load(9000, null), NOW)).isInstanceOf(ScalingRule.Capped.class);
    }

    @Test
    void boundsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> new ScalingRule(3, 2, 70, TEN_MINUTES)).hasMessageContaining("a max not below it (2)");
    }

    /** P13: whatever the load is, in a constant world the number comes to rest, within its bounds, and enough unless that is max. */
    @Property(tries = 2000)
    void inAConstantWorldTheNumberComesToRest(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int min, @ForAll @IntRange(max = 40) int more) {
        Random random = new Random(seed);
        ScalingRule rule = new ScalingRule(min, min + more, 10 + random.nextInt(86), TEN_MINUTES);
        double each = 500 + random.nextInt(8000);
        // What a virtual machine uses by being there, less than what would call for another one.
        double idle = random.nextDouble() * 0.09 * each * rule.targetPercent() / 100;
        double served = random.nextDouble() * (min + more) * each;
        int count = min + random.nextInt(more + 1);
        Instant now = NOW;
        Instant changed = LONG_AGO;
        int lastChange = 0;
        for (int step = 0; step < 200; step++) {
            double used = served + count * idle;
            Load load = new Load(used, each, new Forecast.Unknown(), null, used, now.minus(TEN_MINUTES));
            int next = next(rule.decide(count, changed, load, now), count);
            assertThat(next).isBetween(min, min + more);
            if (next != count) {
                lastChange = step;
                changed = now;
            }
            count = next;
            now = now.plusSeconds(30);
        }
        assertThat(lastChange).as("steps until it rests").isLessThan(60);
        double used = served + count * idle;
        assertThat(used <= rule.bears(count, each) || count == min + more).isTrue();
    }

    @Property(tries = 1000)
    void aForecastHoweverWrongStaysWithinTheBounds(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2;
        Instant now = NOW;
        Instant changed = LONG_AGO;
        for (int step = 0; step < 100; step++) {
            double wrong = Math.exp(30 * random.nextDouble());
            int next = next(RULE.decide(count, changed, load(random.nextInt(9000), wrong), now), count);
            assertThat(next).isBetween(2, 6);
            changed = next == count ? changed : now;
            count = next;
            now = now.plusSeconds(10 + random.nextInt(60));
        }
    }

    private static int after(ScalingRule rule, int count, Load load) {
        return next(rule.decide(count, LONG_AGO, load, NOW), count);
    }

    private static int next(ScalingRule.Verdict verdict, int count) {
        return switch (verdict) {
            case ScalingRule.More more -> more.count();
            case ScalingRule.Fewer fewer -> fewer.count();
            case ScalingRule.Stays _, ScalingRule.Unknown _, ScalingRule.Capped _ -> count;
        };
    }

    private static Load load(double used, @Nullable Double forecast) {
        Forecast ahead = forecast == null
                ? new Forecast.Unknown()
                : new Forecast.Trusted("a season", new Band(0, forecast, forecast), 1, 2);
        return new Load(used, 2000, ahead, NOW, Math.max(used, forecast == null ? 0 : forecast), LONG_AGO);
    }
}

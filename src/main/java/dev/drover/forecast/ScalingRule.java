package dev.drover.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * How many virtual machines an application is to have for its load: enough that none is used beyond the target, now and when a virtual
 * machine made now would be ready. More at once, fewer only after a time in which fewer would always have been enough, one by one.
 *
 * @param min 1 or more
 * @param max at least {@code min}
 * @param targetPercent how much of its CPU each is to use, above 0, at most 100
 * @param stabilization how long fewer must have been enough
 */
public record ScalingRule(int min, int max, int targetPercent, Duration stabilization) {
    /** Nothing is changed again before so long. */
    static final Duration STEP = Duration.ofSeconds(30);
    /** With one less the load must stay a tenth below the target, so that it does not come back at once. */
    private static final double CLEARLY = 0.9;

    public ScalingRule {
        if (min < 1 || max < min || targetPercent < 1 || targetPercent > 100 || stabilization.isNegative()) {
            throw new IllegalArgumentException(
                    "scaling needs a min of 1 or more (%d), a max not below it (%d), a target of 1 to 100 percent (%d) and a stabilization not negative (%s). Mend what is outside."
                            .formatted(min, max, targetPercent, stabilization));
        }
    }

    /** What is to be done. */
    public sealed interface Verdict {}

    /** The number stays as it is. */
    public record Stays() implements Verdict {}

    /** The number stays, because of the load nothing is known. */
    public record Unknown() implements Verdict {}

    /** The number stays at the most allowed, and is not enough. */
    public record Capped() implements Verdict {}

    /**
     * There are to be more.
     *
     * @param load in millicores, that asks for it
     * @param forecast whether it is expected; else it is there
     */
    public record More(int count, double load, boolean forecast) implements Verdict {}

    /**
     * There is to be one less.
     *
     * @param peak the highest load in the time of stabilization, in millicores
     */
    public record Fewer(int count, double peak) implements Verdict {}

    /**
     * @param count from min to max: how many are wanted now
     * @param changed when that was decided
     */
    public Verdict decide(int count, Instant changed, Load load, Instant now) {
        if (!load.isKnown()) {
            return new Unknown();
        }
        double expected = load.ahead() instanceof Forecast.Trusted trusted
                ? trusted.band().expected()
                : 0;
        double asked = Math.max(load.now(), expected);
        int need = need(asked, load.each());
        boolean early = changed.plus(STEP).isAfter(now);
        if (need > count) {
            return count == max
                    ? new Capped()
                    : early
                            ? new Stays()
                            : new More(Math.min(Math.min(need, max), 2 * count), asked, expected > load.now());
        }
        return !early && mayBeFewer(count, load, now) ? new Fewer(count - 1, load.peak()) : new Stays();
    }

    private boolean mayBeFewer(int count, Load load, Instant now) {
        return count > min
                && load.wholeSince() != null
                && !load.wholeSince().plus(stabilization).isAfter(now)
                && load.peak() <= CLEARLY * bears(count - 1, load.each());
    }

    /** Millicores that so many bear at the target. */
    public double bears(int count, double each) {
        return count * each * targetPercent / 100;
    }

    private int need(double load, double each) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(load / bears(1, each)));
    }
}

package dev.drover.forecast;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The demand of one virtual machine in the course of time, and what is expected of it. It takes a few kilobytes, however long it lasts: the
 * models of {@link Models#ofOneSeason} and what they were wrong by lately. Not safe for threads.
 */
public final class DemandSeries {
    private static final double COVERAGE = 0.9;
    private static final int ERRORS_KEPT = 48;

    private final Rhythm rhythm;
    private Forecaster forecaster;
    private long last = -1;
    private boolean isMeasured;

    public DemandSeries(Rhythm rhythm) {
        this.rhythm = rhythm;
        forecaster = forecaster();
    }

    private Forecaster forecaster() {
        return new Forecaster(
                Models.ofOneSeason(rhythm.perSeason()),
                new Forecaster.Settings(rhythm.ahead(), rhythm.perSeason(), COVERAGE, ERRORS_KEPT));
    }

    public Rhythm rhythm() {
        return rhythm;
    }

    /** The last interval that was added; -1 before the first. */
    public long last() {
        return last;
    }

    /**
     * Adds the demand at the beginning of an interval. Those that were left out since the last one were not measured; after more than a
     * season of them it begins anew. One that was added before is passed over.
     *
     * @param value 0 or more; NaN when it was not measured
     */
    public void add(long interval, double value) {
        if (last >= 0 && interval <= last) {
            return;
        }
        if (last >= 0 && interval - last > rhythm.perSeason()) {
            forecaster = forecaster();
            last = -1;
        }
        for (long missed = last + 1; last >= 0 && missed < interval; missed++) {
            forecaster.observe(Double.NaN);
        }
        forecaster.observe(value);
        last = interval;
        isMeasured = !Double.isNaN(value);
    }

    /**
     * What is expected at the beginning of each interval after the last one, as far as the rhythm looks, the next first. As soon as
     * nothing is measured any more, nothing is known.
     */
    public List<Forecast> ahead() {
        return IntStream.rangeClosed(1, rhythm.ahead())
                .<Forecast>mapToObj(ahead -> isMeasured ? forecaster.forecast(ahead) : new Forecast.Unknown())
                .toList();
    }
}

package dev.drover.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks ahead in one series of values at equal intervals. Every model predicts at every interval; when the time comes, the predictions
 * are compared with what was measured. The model with the least error is believed when it is less than that of "the same as now". Not
 * safe for threads.
 */
public final class Forecaster {

    /**
     * @param ahead    intervals from the last value to the one that is forecast, 1 or more
     * @param halfLife intervals after which a test of the past counts half, above 0
     * @param coverage how often the band shall hold the value, between 0 and 1
     * @param errorsKept of how many forecasts it is remembered what they were wrong by, for the band; 12 or more
     */
    public record Settings(int ahead, double halfLife, double coverage, int errorsKept) {
        private static final int ERRORS_KEPT = 288;

        public Settings {
            if (ahead < 1 || !(halfLife > 0) || !(coverage > 0 && coverage < 1) || errorsKept < Calibration.LEAST) {
                throw new IllegalArgumentException("a forecast needs intervals ahead of 1 or more (" + ahead
                        + "), a half-life above 0 (" + halfLife + "), a coverage between 0 and 1 (" + coverage
                        + ") and " + Calibration.LEAST + " errors or more (" + errorsKept
                        + "). Mend what is outside.");
            }
        }

        /** With the errors of a day of five minutes. */
        public Settings(int ahead, double halfLife, double coverage) {
            this(ahead, halfLife, coverage, ERRORS_KEPT);
        }
    }

    private final Trial now;
    private final List<Trial> trials;
    private final Calibration calibration;
    private final double keep;
    /** What was expected of the coming intervals; the oldest is overwritten by the newest. */
    private final double[] expected;

    private final Forecast[] stated;
    private int next;

    /** @param models what it may believe, each new and for this series only */
    public Forecaster(List<Model> models, Settings settings) {
        now = new Trial(new SameAsNow(), settings.ahead());
        trials =
                models.stream().map(model -> new Trial(model, settings.ahead())).toList();
        calibration = new Calibration(settings.errorsKept(), settings.coverage());
        keep = Math.pow(0.5, 1 / settings.halfLife());
        expected = new double[settings.ahead()];
        stated = new Forecast[settings.ahead()];
        Arrays.fill(expected, Double.NaN);
        Arrays.fill(stated, new Forecast.Unknown());
    }

    /**
     * The next value, one interval after the last.
     *
     * @param value 0 or more; NaN when it was not measured
     * @throws IllegalArgumentException when it is negative or infinite
     */
    public void observe(double value) {
        if (value < 0 || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a value of demand must be finite and not negative (" + value
                    + "). Give NaN for one not measured.");
        }
        if (!Double.isNaN(value)) {
            learn(value);
        }
        double saidByNow = now.said();
        now.test(value, saidByNow, keep);
        now.observe(value);
        for (Trial trial : trials) {
            trial.test(value, saidByNow, keep);
            trial.observe(value);
        }
        state();
    }

    private void learn(double value) {
        if (!Double.isNaN(expected[next])) {
            calibration.learn(expected[next], value);
        }
        switch (stated[next]) {
            case Forecast.Unknown _ -> {}
            case Forecast.NoBetterThanNow(Band band, double _) -> calibration.correct(band, value);
            case Forecast.Trusted(String _, Band band, double _, double _) -> calibration.correct(band, value);
        }
    }

    private void state() {
        Optional<Trial> best =
                trials.stream().filter(Trial::isBetterThanNow).min(Comparator.comparingDouble(Trial::ratio));
        double says = best.orElse(now).says();
        expected[next] = says;
        stated[next] = Double.isNaN(says) || !calibration.isReady()
                ? new Forecast.Unknown()
                : best.<Forecast>map(trial -> new Forecast.Trusted(
                                trial.model(), calibration.around(says), trial.error(), trial.errorOfNow()))
                        .orElseGet(() -> new Forecast.NoBetterThanNow(calibration.around(says), now.error()));
        next = (next + 1) % stated.length;
    }

    /** What can be said of the value {@code ahead} intervals after the last one observed. */
    public Forecast forecast() {
        return forecast(stated.length);
    }

    /**
     * What was last said of a value that is still to come.
     *
     * @param intervals after the last one observed, 1 to {@code ahead}: all were stated {@code ahead} intervals before their time
     */
    public Forecast forecast(int intervals) {
        return stated[Math.floorMod(next + intervals - 1, stated.length)];
    }
}

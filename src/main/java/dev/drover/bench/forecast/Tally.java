package dev.drover.bench.forecast;

import dev.drover.forecast.Band;
import dev.drover.forecast.Forecast;
import java.util.Arrays;

/** Compares what was said with what came, at one distance. */
final class Tally {
    /** A model is judged from here on, so that all know something. */
    private static final int KNOWN = 12;

    private final int ahead;
    private final double[] error;
    private final double[] errorOfNow;
    private double stated;
    private double statedOfNow;
    private long forecasts;
    private long held;
    private long trusted;

    Tally(int ahead, int models) {
        this.ahead = ahead;
        error = new double[models];
        errorOfNow = new double[models];
    }

    /** What a model said at each step of a series. */
    void judge(int model, double[] series, double[] said) {
        for (int step = KNOWN; step + ahead < series.length; step++) {
            if (!Double.isNaN(said[step])) {
                error[model] += Math.abs(series[step + ahead] - said[step]);
                errorOfNow[model] += Math.abs(series[step + ahead] - series[step]);
            }
        }
    }

    /** What was stated at each step of a series. */
    void judge(double[] series, Forecast[] said) {
        for (int step = 0; step + ahead < series.length; step++) {
            switch (said[step]) {
                case Forecast.Unknown _ -> {}
                case Forecast.NoBetterThanNow(Band band, double _) -> judge(band, series[step], series[step + ahead]);
                case Forecast.Trusted(String _, Band band, double _, double _) -> {
                    trusted++;
                    judge(band, series[step], series[step + ahead]);
                }
            }
        }
    }

    private void judge(Band band, double now, double came) {
        forecasts++;
        held += band.low() <= came && came <= band.high() ? 1 : 0;
        stated += Math.abs(came - band.expected());
        statedOfNow += Math.abs(came - now);
    }

    Tally plus(Tally other) {
        Tally sum = new Tally(ahead, error.length);
        Arrays.setAll(sum.error, i -> error[i] + other.error[i]);
        Arrays.setAll(sum.errorOfNow, i -> errorOfNow[i] + other.errorOfNow[i]);
        sum.stated = stated + other.stated;
        sum.statedOfNow = statedOfNow + other.statedOfNow;
        sum.forecasts = forecasts + other.forecasts;
        sum.held = held + other.held;
        sum.trusted = trusted + other.trusted;
        return sum;
    }

    int ahead() {
        return ahead;
    }

    long forecasts() {
        return forecasts;
    }

    /** Mean absolute error of what was stated. */
    double meanError() {
        return stated / Math.max(1, forecasts);
    }

    /** Mean absolute error of "the same as now" at the same steps. */
    double meanErrorOfNow() {
        return statedOfNow / Math.max(1, forecasts);
    }

    double coveragePercent() {
        return 100.0 * held / Math.max(1, forecasts);
    }

    double trustedPercent() {
        return 100.0 * trusted / Math.max(1, forecasts);
    }

    /** The error of a model in units of that of "the same as now"; NaN when the model never said anything. */
    double ratio(int model) {
        return error[model] / errorOfNow[model];
    }
}

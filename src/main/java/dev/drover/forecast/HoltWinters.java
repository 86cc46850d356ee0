package dev.drover.forecast;

import java.util.Arrays;

/**
 * Level, damped trend and an additive season. P. R. Winters, "Forecasting sales by exponentially weighted moving averages" (1960);
 * damping after E. Gardner and E. McKenzie (1985). The first season is only learnt from.
 */
final class HoltWinters implements Model {
    private static final double LEVEL = 0.2;
    private static final double TREND = 0.01;
    private static final double SEASON = 0.2;
    private static final double DAMPING = 0.9;

    private final double[] season;
    private double level;
    private double trend;
    /** Intervals since the first. */
    private long time;

    /** @param period intervals of one season, 2 or more */
    HoltWinters(int period) {
        season = new double[period];
        Arrays.fill(season, Double.NaN);
    }

    @Override
    public String name() {
        return "Holt-Winters, season of " + season.length;
    }

    @Override
    public void observe(double value) {
        int phase = (int) (time % season.length);
        if (time < season.length) {
            season[phase] = value;
        } else {
            update(phase, value);
        }
        time++;
        if (time == season.length) {
            begin();
        }
    }

    /** The mean of the first season is the level; what was not measured in it had no season, as far as is known. */
    private void begin() {
        double mean = Arrays.stream(season).filter(Double::isFinite).average().orElse(Double.NaN);
        level = mean;
        for (int phase = 0; phase < season.length; phase++) {
            season[phase] = Double.isNaN(season[phase]) ? 0 : season[phase] - mean;
        }
    }

    private void update(int phase, double value) {
        double expected = level + DAMPING * trend;
        if (Double.isNaN(value)) {
            level = expected;
            trend *= DAMPING;
            return;
        }
        double old = level;
        level = Double.isNaN(old) ? value : LEVEL * (value - season[phase]) + (1 - LEVEL) * expected;
        trend = Double.isNaN(old) ? 0 : TREND * (level - old) + (1 - TREND) * DAMPING * trend;
        season[phase] += SEASON * (value - level - season[phase]);
    }

    @Override
    public double predict(int ahead) {
        if (time < season.length || Double.isNaN(level)) {
            return Double.NaN;
        }
        double damped = DAMPING * (1 - Math.pow(DAMPING, ahead)) / (1 - DAMPING);
        return Math.max(0, level + damped * trend + season[(int) ((time + ahead - 1) % season.length)]);
    }
}

package dev.drover.forecast;

import java.util.Arrays;

/** One model, and what its predictions were wrong by, beside those of "the same as now" at the same times. */
final class Trial {
    private static final int LEAST = 12;
    /** A model must be better by more than chance makes it. */
    private static final double CLEARLY = 0.98;

    private final Model model;
    private final int ahead;
    /** Predictions whose time has not come; the oldest is overwritten by the newest. */
    private final double[] pending;

    private int next;
    private int tests;
    private double weight;
    private double error;
    private double errorOfNow;

    Trial(Model model, int ahead) {
        this.model = model;
        this.ahead = ahead;
        pending = new double[ahead];
        Arrays.fill(pending, Double.NaN);
    }

    String model() {
        return model.name();
    }

    /** What it said of the value that comes next; NaN when it said nothing. */
    double said() {
        return pending[next];
    }

    /** Compares what it said with the value that came. */
    void test(double value, double saidByNow, double keep) {
        if (Double.isNaN(value + said() + saidByNow)) {
            return;
        }
        tests++;
        weight = weight * keep + 1;
        error = error * keep + Math.abs(value - said());
        errorOfNow = errorOfNow * keep + Math.abs(value - saidByNow);
    }

    void observe(double value) {
        model.observe(value);
        pending[next] = model.predict(ahead);
        next = (next + 1) % ahead;
    }

    /** What it says of the value {@code ahead} intervals after the last. */
    double says() {
        return pending[Math.floorMod(next - 1, ahead)];
    }

    boolean isBetterThanNow() {
        return tests >= LEAST && error < CLEARLY * errorOfNow && !Double.isNaN(says());
    }

    /** Below 1 when it is better than "the same as now". */
    double ratio() {
        return error / errorOfNow;
    }

    /** Mean absolute error. */
    double error() {
        return weight == 0 ? 0 : error / weight;
    }

    double errorOfNow() {
        return weight == 0 ? 0 : errorOfNow / weight;
    }
}

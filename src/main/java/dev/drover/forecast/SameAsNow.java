package dev.drover.forecast;

/** Expects the last value that was measured. Whatever is no better than this is not worth acting on. */
final class SameAsNow implements Model {
    private double last = Double.NaN;

    @Override
    public String name() {
        return "same as now";
    }

    @Override
    public void observe(double value) {
        last = Double.isNaN(value) ? last : value;
    }

    @Override
    public double predict(int ahead) {
        return last;
    }
}

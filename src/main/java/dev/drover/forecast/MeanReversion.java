package dev.drover.forecast;

/**
 * Expects the value to return from where it is now to its decayed mean, as fast as it did so far: a first-order autoregression whose
 * coefficient is the decayed correlation of neighbouring values. With a coefficient of 1 it is "the same as now", with 0 the mean.
 */
final class MeanReversion implements Model {
    private final DecayedMoments moments;
    private final double halfLife;
    private final double keep;
    private double product;
    private double square;
    private double now = Double.NaN;
    private double before = Double.NaN;

    /** @param halfLife intervals after which a value counts half, above 0 */
    MeanReversion(double halfLife) {
        this.halfLife = halfLife;
        moments = new DecayedMoments(halfLife);
        keep = Math.pow(0.5, 1 / halfLife);
    }

    @Override
    public String name() {
        return "return to the mean, half-life " + Math.round(halfLife);
    }

    @Override
    public void observe(double value) {
        moments.observe(value);
        product *= keep;
        square *= keep;
        double deviation = value - moments.mean();
        if (!Double.isNaN(before) && !Double.isNaN(deviation)) {
            product += deviation * before;
            square += before * before;
        }
        before = deviation;
        now = Double.isNaN(value) ? now : value;
    }

    @Override
    public double predict(int ahead) {
        double correlation = square == 0 ? 0 : Math.clamp(product / square, 0, 1);
        return moments.mean() + Math.pow(correlation, ahead) * (now - moments.mean());
    }
}

package dev.drover.forecast;

/**
 * Mean and variance of all values, the older ones counting less; expects the mean. T. Finch, "Incremental calculation of weighted mean
 * and variance" (2009), with weights that halve with each half-life.
 */
public final class DecayedMoments implements Model {
    private final double halfLife;
    private final double keep;
    private double weight;
    private double mean;
    private double variance;

    /** @param halfLife intervals after which a value counts half, above 0 */
    public DecayedMoments(double halfLife) {
        this.halfLife = halfLife;
        keep = Math.pow(0.5, 1 / halfLife);
    }

    @Override
    public String name() {
        return "decayed mean, half-life " + Math.round(halfLife);
    }

    @Override
    public void observe(double value) {
        weight *= keep;
        if (Double.isNaN(value)) {
            return;
        }
        weight++;
        double deviation = value - mean;
        mean += deviation / weight;
        variance = (1 - 1 / weight) * (variance + deviation * deviation / weight);
    }

    @Override
    public double predict(int ahead) {
        return weight == 0 ? Double.NaN : mean;
    }

    /** How many values the mean stands for; the newest counts 1. */
    public double weight() {
        return weight;
    }

    /** 0 before the first value. */
    public double mean() {
        return mean;
    }

    /** Of the population, not of a sample; 0 before the second value. */
    public double variance() {
        return variance;
    }
}

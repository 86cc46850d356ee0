package dev.drover.forecast;

/**
 * Expects a percentile of all values, the older ones counting less, as the recommender of Kubernetes' vertical pod autoscaler does:
 * buckets that grow by 5 % each, and weights that halve with each half-life. The relative error of a value is at most that of its
 * bucket.
 */
final class DecayedHistogram implements Model {
    private static final double GROWTH = 0.05;
    /** Weights grow instead of all others shrinking; before they leave the range of a double they are all made smaller. */
    private static final double LARGEST_WEIGHT = 1e100;

    private final double percent;
    private final double first;
    /** How much more a value counts than the one before it. */
    private final double growth;

    private final double[] weights;
    private double weight = 1;
    private double total;

    /**
     * @param halfLife intervals after which a value counts half
     * @param percent  above 0, at most 100
     * @param first    the width of the first bucket
     * @param most     the largest value that is told from larger ones
     */
    DecayedHistogram(double halfLife, double percent, double first, double most) {
        growth = Math.pow(2, 1 / halfLife);
        this.percent = percent;
        this.first = first;
        weights = new double[bucket(most) + 1];
    }

    @Override
    public String name() {
        return "decayed histogram, percentile " + Math.round(percent);
    }

    @Override
    public void observe(double value) {
        weight *= growth;
        if (!Double.isNaN(value)) {
            weights[Math.min(bucket(value), weights.length - 1)] += weight;
            total += weight;
        }
        if (weight > LARGEST_WEIGHT) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= weight;
            }
            total /= weight;
            weight = 1;
        }
    }

    @Override
    public double predict(int ahead) {
        if (total == 0) {
            return Double.NaN;
        }
        double left = percent / 100 * total;
        int bucket = 0;
        for (left -= weights[0]; left > 1e-9 * total && bucket < weights.length - 1; ) {
            left -= weights[++bucket];
        }
        return (start(bucket) + start(bucket + 1)) / 2;
    }

    private int bucket(double value) {
        return value < first ? 0 : (int) (Math.log(value / first * GROWTH + 1) / Math.log(1 + GROWTH));
    }

    private double start(int bucket) {
        return first * (Math.pow(1 + GROWTH, bucket) - 1) / GROWTH;
    }
}

package dev.drover.bench.sweep;

/**
 * What is to be reached.
 *
 * @param measured NaN when it was not
 */
record Target(String work, String figure, double measured, Sense sense, double limit) {
    enum Sense {
        AT_MOST,
        AT_LEAST
    }

    static Target atMost(String work, String figure, double measured, double limit) {
        return new Target(work, figure, measured, Sense.AT_MOST, limit);
    }

    static Target atLeast(String work, String figure, double measured, double limit) {
        return new Target(work, figure, measured, Sense.AT_LEAST, limit);
    }

    boolean isMeasured() {
        return !Double.isNaN(measured);
    }

    boolean isMet() {
        return switch (sense) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }
}

package dev.drover.forecast;

/**
 * How wide a band must be so that it holds as often as it states: quantiles of what the forecasts so far were wrong by, the quantiles
 * themselves being corrected by how often the band failed. I. Gibbs and E. Candès, "Adaptive conformal inference under distribution
 * shift" (2021), for either side by itself.
 */
final class Calibration {
    static final int LEAST = 12;
    private static final double RATE = 0.03;

    private final SortedWindow errors;
    private final double side;
    private double below;
    private double above;

    /**
     * @param window   how many errors are remembered
     * @param coverage how often the band shall hold, between 0 and 1
     */
    Calibration(int window, double coverage) {
        errors = new SortedWindow(window);
        side = (1 - coverage) / 2;
        below = side;
        above = side;
    }

    /** Whether enough errors are known to state a band. */
    boolean isReady() {
        return errors.size() >= LEAST;
    }

    /** Call only when it is ready. */
    Band around(double expected) {
        int size = errors.size();
        double low = errors.ranked((long) Math.floor(below * (size + 1))) * beyond(below);
        double high = errors.ranked((long) Math.ceil((1 - above) * (size + 1))) * beyond(above);
        return new Band(Math.clamp(expected + low, 0, expected), expected, Math.max(expected, expected + high));
    }

    /** A side that fails although it reaches to the largest error goes further than that. */
    private double beyond(double share) {
        return share < 0 ? 1 - share / side : 1;
    }

    /** A value came for which this was expected. */
    void learn(double expected, double value) {
        errors.add(value - expected);
    }

    /** A value came for which this band was stated. */
    void correct(Band band, double value) {
        below += RATE * (side - (value < band.low() ? 1 : 0));
        above += RATE * (side - (value > band.high() ? 1 : 0));
    }
}

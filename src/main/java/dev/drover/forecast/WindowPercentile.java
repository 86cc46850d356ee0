package dev.drover.forecast;

/** Expects a percentile, by the nearest rank, of the last values. */
final class WindowPercentile implements Model {
    private final SortedWindow window;
    private final double percent;

    /**
     * @param intervals how far the window reaches back, 1 or more; values that were not measured do not count
     * @param percent   above 0, at most 100
     */
    WindowPercentile(int intervals, double percent) {
        window = new SortedWindow(intervals);
        this.percent = percent;
    }

    @Override
    public String name() {
        return "percentile " + Math.round(percent) + " of " + window.length();
    }

    @Override
    public void observe(double value) {
        window.add(value);
    }

    @Override
    public double predict(int ahead) {
        return window.size() == 0 ? Double.NaN : window.ranked((long) Math.ceil(percent / 100 * window.size()));
    }
}

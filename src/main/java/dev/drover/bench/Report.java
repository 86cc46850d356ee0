package dev.drover.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run measured: named figures in the order in which they are shown. Not safe for threads. */
public final class Report {
    private static final int BREACHES_SHOWN = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final boolean isValid;

    private Report(boolean isValid) {
        this.isValid = isValid;
    }

    /** @param isValid what the independent check says of the result */
    public static Report of(String bench, String instance, boolean isValid) {
        Report report = new Report(isValid);
        return report.with("bench", bench).with("instance", instance).with("valid", isValid);
    }

    /** The same, with the first of what the check found wrong: valid is what has nothing wrong with it. */
    public static Report judged(String bench, String instance, List<String> breaches) {
        Report report = of(bench, instance, breaches.isEmpty());
        return breaches.isEmpty()
                ? report
                : report.with(
                        "breaches", breaches.stream().limit(BREACHES_SHOWN).toList());
    }

    public Report with(String figure, Object value) {
        figures.put(figure, value);
        return this;
    }

    /** The median, the 99th percentile and the largest of these times, in milliseconds; 0 where there are none. */
    public Report withTimes(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return with("p50Millis", quantile(sorted, 0.5))
                .with("p99Millis", quantile(sorted, 0.99))
                .with("maxMillis", quantile(sorted, 1));
    }

    private static double quantile(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(part * sorted.length) - 1] / NANOS_PER_MILLI;
    }

    public boolean isValid() {
        return isValid;
    }

    public Map<String, Object> figures() {
        return Collections.unmodifiableMap(figures);
    }
}

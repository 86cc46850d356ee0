package dev.drover.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run measured: named figures in the order in which they are shown. Not safe for threads. */
public final class Report {
    private static final int BREACHES_SHOWN = 10;

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

    public boolean isValid() {
        return isValid;
    }

    public Map<String, Object> figures() {
        return Collections.unmodifiableMap(figures);
    }
}

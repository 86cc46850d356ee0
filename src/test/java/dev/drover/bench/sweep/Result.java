package dev.drover.bench.sweep;

import java.util.List;
import java.util.Map;

/**
 * What one call printed, and how things were: one line of the file of results.
 *
 * @param commit  of the source
 * @param load    average of the last minute when it began; above 0.5 something else was at work
 * @param reports what it printed, an object for each day or distance
 * @param costs   how the cost fell: milliseconds and costs; empty where it was not watched
 */
record Result(
        String trial,
        long seed,
        String date,
        String commit,
        double load,
        int exitCode,
        List<Map<String, Object>> reports,
        List<long[]> costs) {

    /** Of the first report. */
    double figure(String name) {
        return figure(0, name);
    }

    double figure(int report, String name) {
        return report < reports.size() && reports.get(report).get(name) instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }
}

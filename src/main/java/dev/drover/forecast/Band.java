package dev.drover.forecast;

/**
 * Where a value is expected: as often as its forecaster states it is from {@code low} to {@code high}.
 *
 * @param low      0 or more, at most {@code expected}
 * @param expected in the unit of the series
 * @param high     at least {@code expected}
 */
public record Band(double low, double expected, double high) {
    public Band {
        if (!(0 <= low && low <= expected && expected <= high)) {
            throw new IllegalArgumentException("a band's low (" + low + "), expected (" + expected + ") and high ("
                    + high + ") value must rise from 0 on. Order them.");
        }
    }

    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}

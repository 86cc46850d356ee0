package dev.drover.forecast;

import dev.drover.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The recent load of one virtual machine, in bounded memory: at most {@link #SLOTS} values, each the highest of its slot of time, so
 * that a long window costs no more than a short one and never hides a peak. Not safe for threads.
 */
public final class UsageWindow {

    /** Enough for an hour of measurements at the usual interval of 15 seconds without merging any. */
    public static final int SLOTS = 240;

    private final String first;
    private final String second;
    private final long[] times = new long[SLOTS];
    private final long[] ones = new long[SLOTS];
    private final long[] others = new long[SLOTS];
    private int next;
    private int size;

    /**
     * Of two resources that are measured together.
     *
     * @param first, second their names
     */
    public UsageWindow(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Adds one measurement. One that is not newer than the last is merged into the last slot.
     *
     * @param window the longest time that {@link #percentile} will be asked about
     */
    public void add(Instant at, Resources usage, Duration window) {
        long width = Math.max(1, window.toSeconds() / SLOTS);
        int last = Math.floorMod(next - 1, SLOTS);
        if (size > 0 && at.getEpochSecond() < times[last] + width) {
            ones[last] = Math.max(ones[last], usage.get(first));
            others[last] = Math.max(others[last], usage.get(second));
            return;
        }
        times[next] = at.getEpochSecond();
        ones[next] = usage.get(first);
        others[next] = usage.get(second);
        next = (next + 1) % SLOTS;
        size = Math.min(size + 1, SLOTS);
    }

    /**
     * The demand by the nearest-rank method: the smallest measured value that at least {@code percent} percent of the measurements
     * in the window do not exceed, for each resource by itself.
     *
     * @param percent 1 to 100; 100 is the highest
     * @return empty when nothing was measured in the window
     */
    public Optional<Resources> percentile(Instant now, Duration window, int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException(
                    "The percentile (" + percent + ") is not between 1 and 100. Choose one.");
        }
        long from = now.getEpochSecond() - window.toSeconds();
        long[] ofFirst = new long[size];
        long[] ofSecond = new long[size];
        int counted = 0;
        for (int back = 1; back <= size; back++) {
            int slot = Math.floorMod(next - back, SLOTS);
            if (times[slot] >= from) {
                ofFirst[counted] = ones[slot];
                ofSecond[counted] = others[slot];
                counted++;
            }
        }
        return counted == 0
                ? Optional.empty()
                : Optional.of(Resources.of(
                        Map.of(first, rank(ofFirst, counted, percent), second, rank(ofSecond, counted, percent))));
    }

    private static long rank(long[] values, int count, int percent) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * count);
        return sorted[Math.max(1, rank) - 1];
    }
}

package dev.drover.forecast;

import dev.drover.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The recent load of one virtual machine, in bounded memory: at most {@link #SLOTS} values, each the highest of its slot of time, so
 * that a long window costs no more than a short one and never hides a peak. Not safe for threads.
 */
public final class UsageWindow {

    /** Enough for an hour of measurements at the usual interval of 15 seconds without merging any. */
    public static final int SLOTS = 240;

    private final long[] seconds = new long[SLOTS];
    private final long[] cpuMillis = new long[SLOTS];
    private final long[] memoryBytes = new long[SLOTS];
    private int next;
    private int size;

    /**
     * Adds one measurement. One that is not newer than the last is merged into the last slot.
     *
     * @param window the longest time that {@link #percentile} will be asked about
     */
    public void add(Instant at, long cpu, long memory, Duration window) {
        long width = Math.max(1, window.toSeconds() / SLOTS);
        int last = Math.floorMod(next - 1, SLOTS);
        if (size > 0 && at.getEpochSecond() < seconds[last] + width) {
            cpuMillis[last] = Math.max(cpuMillis[last], cpu);
            memoryBytes[last] = Math.max(memoryBytes[last], memory);
            return;
        }
        seconds[next] = at.getEpochSecond();
        cpuMillis[next] = cpu;
        memoryBytes[next] = memory;
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
        long[] cpu = new long[size];
        long[] memory = new long[size];
        int counted = 0;
        for (int back = 1; back <= size; back++) {
            int slot = Math.floorMod(next - back, SLOTS);
            if (seconds[slot] >= from) {
                cpu[counted] = cpuMillis[slot];
                memory[counted] = memoryBytes[slot];
                counted++;
            }
        }
        return counted == 0
                ? Optional.empty()
                : Optional.of(Resources.of(rank(cpu, counted, percent), rank(memory, counted, percent)));
    }

    private static long rank(long[] values, int count, int percent) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * count);
        return sorted[Math.max(1, rank) - 1];
    }
}

package dev.drover.forecast;

import java.util.Arrays;

/** The last values, in order of time and in order of size. NaN takes its place in time but is no value. */
final class SortedWindow {
    private final double[] byTime;
    private final double[] bySize;
    private int next;
    private int size;

    /** @param length how many values it reaches back, 1 or more */
    SortedWindow(int length) {
        byTime = new double[length];
        bySize = new double[length];
        Arrays.fill(byTime, Double.NaN);
    }

    void add(double value) {
        remove(byTime[next]);
        byTime[next] = value;
        next = (next + 1) % byTime.length;
        if (!Double.isNaN(value)) {
            int found = Arrays.binarySearch(bySize, 0, size, value);
            int at = found < 0 ? -found - 1 : found;
            System.arraycopy(bySize, at, bySize, at + 1, size - at);
            bySize[at] = value;
            size++;
        }
    }

    private void remove(double value) {
        if (!Double.isNaN(value)) {
            int at = Arrays.binarySearch(bySize, 0, size, value);
            System.arraycopy(bySize, at + 1, bySize, at, size - at - 1);
            size--;
        }
    }

    int length() {
        return byTime.length;
    }

    /** How many values it holds. */
    int size() {
        return size;
    }

    /**
     * The value of a rank.
     *
     * @param rank from 1, the smallest, to {@link #size()}; those outside are taken for the nearest
     */
    double ranked(long rank) {
        return bySize[(int) Math.clamp(rank, 1, size) - 1];
    }
}

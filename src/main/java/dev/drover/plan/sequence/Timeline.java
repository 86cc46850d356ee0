package dev.drover.plan.sequence;

import java.util.Arrays;

/**
 * When each leg of an itinerary starts and ends, in seconds.
 *
 * @param order the legs in the order in which they start
 */
record Timeline(double[] start, double[] end, int[] order) {
    double makespan() {
        return Arrays.stream(end).max().orElse(0);
    }
}

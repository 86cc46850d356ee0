package dev.drover.oracle;

/**
 * The best placement of a space: the least violations, and of those placements the least cost.
 *
 * @param cost see {@link Placed#cost}
 * @param nodeOf one of those that are the best
 */
record Optimum(int violations, long cost, int[] nodeOf) {}

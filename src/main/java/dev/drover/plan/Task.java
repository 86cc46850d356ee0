package dev.drover.plan;

/**
 * One relocation in numbers: indexes of the cluster.
 *
 * @param priority 1 (first) to 5
 * @param seconds how long its migration is expected to take
 */
record Task(int vm, int from, int to, int priority, double seconds) {}

package dev.drover.placement.search;

/**
 * How long to search. With {@code proposals} the result depends on the problem, the seed, the threads and the proposals only; with
 * {@code millis} it also depends on how fast the machine is. With both the search ends when the first of them is used up.
 *
 * @param threads searches beside each other, at least 1
 * @param millis of wall time; 0 for any
 * @param proposals over all threads; 0 for any number
 */
public record SearchEffort(long seed, int threads, long millis, long proposals) {
    public SearchEffort {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1 (" + threads + ")");
        }
        if (millis <= 0 && proposals <= 0) {
            throw new IllegalArgumentException(
                    "a search ends after a time or after a number of proposals (" + millis + " ms, " + proposals + ")");
        }
    }
}

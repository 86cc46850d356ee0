package dev.drover.placement.search;

/** Is told what a search has found, while it goes on. */
@FunctionalInterface
public interface Progress {
    /** For whoever only wants the result. */
    Progress UNWATCHED = (millis, cost) -> {};

    /**
     * Something better was found. Called by any thread of the search but by one at a time, with costs that fall; the search waits until
     * it returns.
     *
     * @param millis of wall time since the search began
     */
    void better(long millis, long cost);
}

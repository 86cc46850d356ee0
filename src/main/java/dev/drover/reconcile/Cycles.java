package dev.drover.reconcile;

import java.time.Duration;

/** What is to be done again and again, by one thread. */
public interface Cycles extends AutoCloseable {

    /** One cycle. Never throws for what the API server or the cluster does: the next cycle looks again. */
    void cycle();

    /** How long the cycles since the last call have searched for better placements. */
    Duration takeSearched();

    /** To be called when no cycle runs any more: nothing is told after it. */
    @Override
    void close();
}

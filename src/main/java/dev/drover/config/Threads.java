package dev.drover.config;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends what runs on threads of its own. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until an executor that was shut down has ended, or the time is over. An interruption ends it early and leaves the thread
     * marked as interrupted.
     */
    public static void awaitEnd(ExecutorService executor, Duration longest) {
        try {
            executor.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

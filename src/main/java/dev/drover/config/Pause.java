package dev.drover.config;

import java.time.Duration;

/** Waiting where there is nothing to wait for but time. Everything that runs in the operator waits for events instead. */
@FunctionalInterface
public interface Pause {

    /** Waits; an interruption ends it early and leaves the thread marked as interrupted. */
    void of(Duration duration);

    /** Waits in real time. */
    static Pause real() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }
}

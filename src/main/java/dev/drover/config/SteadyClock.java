package dev.drover.config;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The process's one clock: the time of day at its start plus what the monotonic timer counted since. It never jumps, so durations
 * measured with it are true even when the machine's time of day is set.
 */
public final class SteadyClock implements InstantSource {

    private final Instant started = Instant.now();
    private final long origin = System.nanoTime();

    @Override
    public Instant instant() {
        return started.plusNanos(System.nanoTime() - origin);
    }
}

package dev.drover.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Measures wall time from its start. */
public record Stopwatch(Instant started, InstantSource clock) {

    public static Stopwatch start(InstantSource clock) {
        return new Stopwatch(clock.instant(), clock);
    }

    public long millis() {
        return Duration.between(started, clock.instant()).toMillis();
    }
}

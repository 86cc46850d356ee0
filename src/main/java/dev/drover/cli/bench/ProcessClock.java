package dev.drover.cli.bench;

import dev.drover.config.SteadyClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of a run, which knows when the process began. */
final class ProcessClock implements InstantSource {
    private final InstantSource clock = new SteadyClock();

    @Override
    public Instant instant() {
        return clock.instant();
    }

    /** Milliseconds of wall time since the process began. */
    long sinceStart() {
        Instant began =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return Duration.between(began, instant()).toMillis();
    }
}

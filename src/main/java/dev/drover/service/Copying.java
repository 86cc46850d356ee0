package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.service.disk.DiskProgress;
import java.time.Duration;
import java.time.Instant;

/**
 * What the last look at the disks of a relocation found.
 *
 * @param ordered the time of the order
 * @param state in which it was looked
 */
record Copying(Instant ordered, RelocationState state, DiskProgress progress, Instant at) {
    private static final Duration HOLDS = Duration.ofMillis(700);

    boolean answers(ServiceRelocation entry, Instant now) {
        return ordered.equals(entry.ordered())
                && state == entry.state()
                && at.plus(HOLDS).isAfter(now);
    }
}

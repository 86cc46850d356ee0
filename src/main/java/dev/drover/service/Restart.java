package dev.drover.service;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The order to restart the whole service, as a person wrote it.
 *
 * @param time what was started before it is to be started anew; null without an order
 * @param mistake what is wrong with it; empty when nothing is
 */
record Restart(@Nullable Instant time, String mistake) {
    private static final Restart NONE = new Restart(null, "");

    static Restart of(String written) {
        if (written.isEmpty()) {
            return NONE;
        }
        try {
            return new Restart(Instant.parse(written), "");
        } catch (DateTimeParseException malformed) {
            return new Restart(
                    null,
                    "The annotation %s (%s) is no time. Write one in RFC 3339, for example 2026-01-31T12:00:00Z."
                            .formatted(ServiceLabels.RESTART, written));
        }
    }

    /** Whether something that the service made still has to be stopped for it. */
    boolean pending(ServiceScene scene, Instant now) {
        return time != null
                && !time.isAfter(now)
                && scene.own().stream()
                        .anyMatch(machine -> machine.instance() != null
                                && machine.instance().created().isBefore(time));
    }

    /** How long until it is to begin; null when it has, or there is none. */
    @Nullable
    Duration until(Instant now) {
        return time == null || !time.isAfter(now) ? null : Duration.between(now, time);
    }
}

package dev.drover.service;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A person's order to bring a service back in spite of how many nodes are lost, or of nodes whose objects are gone.
 *
 * @param time what was lost before it is meant; null without an order, or while that time has not come
 * @param written the time that it says, come or not
 * @param mistake what is wrong with it; empty when nothing is
 */
record Order(@Nullable Instant time, @Nullable Instant written, String mistake) {
    private static final Order NONE = new Order(null, null, "");

    static Order of(String written, Instant now) {
        if (written.isEmpty()) {
            return NONE;
        }
        try {
            Instant time = Instant.parse(written);
            return new Order(time.isAfter(now) ? null : time, time, "");
        } catch (DateTimeParseException malformed) {
            return new Order(
                    null,
                    null,
                    "The annotation %s (%s) is no time. Write one in RFC 3339, for example 2026-01-31T12:00:00Z."
                            .formatted(ServiceLabels.RECOVER, written));
        }
    }
}

package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationFault;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether and where to a virtual machine can be relocated, as it was found out from the API server.
 *
 * @param ordered the time of the order that it was found out for
 * @param at when it was found out
 */
record Survey(Instant ordered, Instant at, Finding finding) {

    /** What was found. */
    sealed interface Finding {
        record Possible(String from, String to) implements Finding {}

        record Impossible(RelocationFault fault, String why) implements Finding {}

        /** It cannot be told yet, or is not its turn. */
        record Later(String why) implements Finding {}
    }

    /** @param holds how long such an answer counts */
    boolean answers(Instant order, Instant now, Duration holds) {
        return ordered.equals(order) && at.plus(holds).isAfter(now);
    }
}

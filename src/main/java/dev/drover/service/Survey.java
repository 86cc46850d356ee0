package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether and where to a virtual machine can be relocated, as it was found out from the API server.
 *
 * @param ordered the time of the order that it was found out for
 * @param at when it was found out
 * @param from the node that it is on; empty with a fault
 * @param to the node that takes it; empty with a fault
 * @param fault null when it can be
 * @param why more about the fault; empty without one
 */
record Survey(Instant ordered, Instant at, String from, String to, @Nullable RelocationFault fault, String why) {

    /** What was found. */
    sealed interface Finding {
        record Possible(String from, String to) implements Finding {}

        record Impossible(RelocationFault fault, String why) implements Finding {}
    }

    static Survey of(Instant ordered, Instant at, Finding finding) {
        return switch (finding) {
            case Finding.Possible possible -> new Survey(ordered, at, possible.from(), possible.to(), null, "");
            case Finding.Impossible impossible -> new Survey(ordered, at, "", "", impossible.fault(), impossible.why());
        };
    }
}

package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.api.v1alpha1.RelocationFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether and where to a virtual machine can be relocated, as it was found out from the API server.
 *
 * @param ordered the time of the order that it was found out for
 * @param at when it was found out
 */
record Survey(Instant ordered, Instant at, Finding finding) {

    /** What was found. */
    sealed interface Finding {
        /** @param disks that are to be copied there */
        record Possible(String from, String to, List<RelocationDisk> disks) implements Finding {
            public Possible {
                disks = List.copyOf(disks);
            }
        }

        record Impossible(RelocationFault fault, String why) implements Finding {}

        /** It cannot be told yet, or is not its turn. */
        record Later(String why) implements Finding {}
    }

    /** @param holds how long such an answer counts */
    boolean answers(Instant order, Instant now, Duration holds) {
        return ordered.equals(order) && at.plus(holds).isAfter(now);
    }
}

package dev.drover.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a virtual machine among all that are to be restarted because their nodes have died.
 *
 * @param machine its name
 * @param priority of its service: the higher is first
 * @param order of its application: the lower is first
 * @param from when its node was proven down and no brake held it
 */
record Turn(String namespace, String service, String machine, int priority, int order, Instant from) {
    /** After that time nobody waits for it any more: what cannot be started must not keep others down. */
    static final Duration CLAIM = Duration.ofMinutes(5);

    private static final Comparator<Turn> RANK =
            Comparator.comparingInt(Turn::priority).reversed().thenComparingInt(Turn::order);

    static final Comparator<Turn> FIRST_TO_LAST =
            RANK.thenComparing(Turn::namespace).thenComparing(Turn::service).thenComparing(Turn::machine);

    /** Of the same rank none is before the other. */
    boolean before(Turn other, Instant now) {
        return RANK.compare(this, other) < 0 && from.plus(CLAIM).isAfter(now);
    }
}

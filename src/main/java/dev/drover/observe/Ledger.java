package dev.drover.observe;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was written and is not seen yet. The writer enters a reservation right before its write and takes it back when the write
 * fails; a snapshot counts it at the node until an object shows the same, or until it expires. Safe for threads.
 */
public final class Ledger {

    private final InstantSource clock;
    private final Map<String, Reservation> open = new ConcurrentHashMap<>();

    public Ledger(InstantSource clock) {
        this.clock = clock;
    }

    /** Enters a reservation in place of any other for the same instance. */
    public void reserve(Reservation reservation) {
        open.put(reservation.instanceUid(), reservation);
    }

    /** Takes back the reservation for an instance, if there is one. */
    public void release(String instanceUid) {
        open.remove(instanceUid);
    }

    /** The reservations that have not expired, by the uid of their instance. */
    public Map<String, Reservation> open() {
        Instant now = clock.instant();
        open.values().removeIf(reservation -> !reservation.expires().isAfter(now));
        return Map.copyOf(open);
    }

    /** Forgets those that objects show by now; an entry that was replaced meanwhile stays. */
    void settle(List<Reservation> seen) {
        seen.forEach(reservation -> open.remove(reservation.instanceUid(), reservation));
    }
}

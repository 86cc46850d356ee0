package dev.drover.admission;

import dev.drover.observe.Ledger;
import dev.drover.observe.Reservation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes that were promised. The ledger forgets a reservation as soon as any snapshot shows it, also one that is newer than the
 * situation at hand: so what was promised here is remembered until it expires. Where a situation shows the virtual machine's node, a
 * promise has no effect. Not safe for threads.
 */
final class Promises {
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<String, Reservation> made = new HashMap<>();

    Promises(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** By the uid of the instance: what was promised here, and what others have reserved. */
    Map<String, Reservation> open() {
        Instant now = clock.instant();
        made.values().removeIf(promise -> !promise.expires().isAfter(now));
        Map<String, Reservation> open = new HashMap<>(made);
        open.putAll(ledger.open());
        return open;
    }

    void make(Reservation promise) {
        made.put(promise.instanceUid(), promise);
        ledger.reserve(promise);
    }
}

package dev.drover.admission;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides when those who wait have waited long enough for others to join them. Not safe for threads. */
final class Batch {
    private final AdmissionSettings settings;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant lastArrival = Instant.MIN;

    Batch(AdmissionSettings settings) {
        this.settings = settings;
    }

    /** @param waiting all pods that wait now; whoever is not among them any more is forgotten */
    boolean complete(List<GatedPod> waiting, Instant now) {
        List<String> uids = waiting.stream().map(GatedPod::uid).toList();
        seen.keySet().retainAll(uids);
        if (uids.stream().filter(uid -> seen.putIfAbsent(uid, now) == null).count() > 0) {
            lastArrival = now;
        }
        return !seen.isEmpty()
                && (!now.isBefore(lastArrival.plus(settings.batchQuiet())) || waitsTooLong(seen.values(), now));
    }

    private boolean waitsTooLong(Collection<Instant> since, Instant now) {
        return !now.isBefore(Collections.min(since).plus(settings.batchLimit()));
    }
}

package dev.drover.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives out the same lists until the caches change, so that what is made of them need not be made anew. Safe for threads. */
final class LatestMachines {
    /** A cache that is being filled anew changes before its version does. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Caches caches;
    private @Nullable Made made;

    private record Made(String versions, Instant at, Machines machines) {}

    LatestMachines(Caches caches) {
        this.caches = caches;
    }

    synchronized Machines at(Instant now) {
        // Before the lists are read: what changes between is then taken for a change once more.
        String versions = versions();
        Made known = made;
        if (known == null
                || !known.versions().equals(versions)
                || !now.isBefore(known.at().plus(LONGEST))) {
            known = new Made(versions, now, Machines.of(caches));
            made = known;
        }
        return known.machines();
    }

    private String versions() {
        return List.of(
                        caches.machines,
                        caches.instances,
                        caches.migrations,
                        caches.placements,
                        caches.services,
                        caches.nodes,
                        caches.priorities,
                        caches.selfNodeRemediations,
                        caches.fenceAgentsRemediations)
                .stream()
                .map(Watched::version)
                .collect(Collectors.joining(" "));
    }
}

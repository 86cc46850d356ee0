package dev.drover.observe;

import java.util.List;

/**
 * Whether the caches show what the API server holds. Nothing is moved on a snapshot that is not fresh.
 *
 * @param reasons for a person, one for each cache that cannot be trusted; empty when {@code fresh}
 * @param secondsUnsynced how long at least one cache has not been in step; 0 when {@code fresh}
 */
public record Freshness(boolean fresh, List<String> reasons, long secondsUnsynced) {

    public static final Freshness FRESH = new Freshness(true, List.of(), 0);

    public Freshness {
        reasons = List.copyOf(reasons);
    }
}

package dev.drover.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server holds of one kind at one instant, as far as it was asked: how many objects there are, and the resource versions
 * of a few.
 *
 * @param version of the whole list
 * @param sample resource version by key; empty text: the object is gone
 */
record Comparison(String version, long count, Map<String, String> sample) {

    Comparison {
        sample = Map.copyOf(sample);
    }

    /** @return why the cache is behind; null when it has everything */
    @Nullable
    String behind(Watched<? extends HasMetadata> cache) {
        if (!cache.synced()) {
            return "The cache of %s has not been filled yet.".formatted(cache.plural());
        }
        if (reached(cache.version(), version)) {
            return null;
        }
        if (cache.size() != count) {
            return "The cache of %s has %d objects, the API server %d.".formatted(cache.plural(), cache.size(), count);
        }
        for (Map.Entry<String, String> expected : sample.entrySet()) {
            HasMetadata cached = cache.get(expected.getKey());
            String has = cached == null ? "" : cached.getMetadata().getResourceVersion();
            if (!reached(has, expected.getValue())) {
                return "The cache of %s has version (%s) of %s, the API server version (%s)."
                        .formatted(cache.plural(), has, expected.getKey(), expected.getValue());
            }
        }
        return null;
    }

    /** Versions are whole numbers that grow with each write of the whole store; anything else is only compared for equality. */
    static boolean reached(String has, String wanted) {
        if (has.equals(wanted)) {
            return true;
        }
        return isNumber(has) && isNumber(wanted) && new BigInteger(has).compareTo(new BigInteger(wanted)) >= 0;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 40 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

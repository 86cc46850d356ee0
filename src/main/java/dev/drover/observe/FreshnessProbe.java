package dev.drover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.config.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares one cache with the API server from time to time: a watch can stop without a word (cut connection, lost bookmark, dead
 * thread), and the cache then looks as well as ever. A cache that stays behind is watched anew.
 *
 * <p>Used by one thread; {@link #problem} and {@link #provenAt} may be read by others.
 */
final class FreshnessProbe {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessProbe.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Objects whose versions are compared, besides the first of the list: others each time. */
    private static final int SAMPLE = 2;

    private final KubernetesClient client;
    private final Watched<? extends HasMetadata> cache;
    private final Settings settings;
    private @Nullable Comparison open;
    private boolean repeated;
    private Instant askedAt = Instant.EPOCH;
    private Instant restartedAt = Instant.EPOCH;
    private int cursor;
    private volatile @Nullable String problem;
    private volatile @Nullable Instant provenAt;

    FreshnessProbe(KubernetesClient client, Watched<? extends HasMetadata> cache, Settings settings) {
        this.client = client;
        this.cache = cache;
        this.settings = settings;
    }

    /** Why the cache is not trusted; null when the last comparison was well. */
    @Nullable
    String problem() {
        return problem;
    }

    /** When the cache was last known to be in step; null when it never was. */
    @Nullable
    Instant provenAt() {
        return provenAt;
    }

    /** When the API server was last asked. */
    Instant askedAt() {
        return askedAt;
    }

    Watched<? extends HasMetadata> cache() {
        return cache;
    }

    /**
     * Does what is due. To be called about once a second.
     *
     * @param mayAsk whether the API server may be asked now
     * @return whether it was asked
     */
    boolean step(Instant now, boolean mayAsk) {
        if (provenAt == null && problem == null && cache.synced()) {
            provenAt = now; // the list that filled the cache
            askedAt = now;
        }
        boolean asks = open == null && mayAsk && isDue(now);
        if (asks) {
            ask(now);
        }
        settle(now);
        return asks;
    }

    private boolean isDue(Instant now) {
        Duration pause = problem == null ? settings.freshnessInterval() : settings.freshnessGrace();
        return !askedAt.isAfter(now.minus(pause));
    }

    private void ask(Instant now) {
        askedAt = now;
        try {
            open = compare();
        } catch (KubernetesClientException | JsonProcessingException failed) {
            problem = "The API server does not list %s (%s). See whether it runs, and whether Drover may list them."
                    .formatted(cache.plural(), failed.getMessage());
        }
    }

    private void settle(Instant now) {
        if (open == null) {
            return;
        }
        String behind = open.behind(cache);
        if (behind == null) {
            provenAt = askedAt;
            problem = null;
            open = null;
            repeated = false;
        } else if (!now.isBefore(askedAt.plus(settings.freshnessGrace()))) {
            missed(behind, now);
        }
    }

    /** One more comparison tells a cache that is behind from one whose objects come and go quickly. */
    private void missed(String behind, Instant now) {
        open = null;
        if (!repeated) {
            repeated = true;
            ask(now);
            return;
        }
        repeated = false;
        problem = behind + " It is watched anew.";
        if (restartedAt.isBefore(now.minus(settings.freshnessGrace().multipliedBy(3)))) {
            LOG.warn("{}", problem);
            restartedAt = now;
            cache.start();
        }
    }

    private Comparison compare() throws JsonProcessingException {
        JsonNode list = JSON.readTree(client.raw(cache.path() + "?limit=1", "GET", null));
        long count = list.path("items").size()
                + list.path("metadata").path("remainingItemCount").asLong(0);
        Map<String, String> sample = new HashMap<>();
        List<? extends HasMetadata> cached = cache.all();
        for (int i = 0; i < Math.min(SAMPLE, cached.size()); i++) {
            HasMetadata object = cached.get(Math.floorMod(cursor++, cached.size()));
            sample.put(key(object), version(object));
        }
        return new Comparison(list.path("metadata").path("resourceVersion").asText(), count, sample);
    }

    private String version(HasMetadata object) throws JsonProcessingException {
        String found = client.raw(cache.path(object));
        return found == null
                ? ""
                : JSON.readTree(found).path("metadata").path("resourceVersion").asText();
    }

    private static String key(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        return namespace == null ? name : namespace + "/" + name;
    }
}

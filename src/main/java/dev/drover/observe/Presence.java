package dev.drover.observe;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the kinds of one API group are served. Their caches are started when they are, and stopped when they are no longer: a
 * watch of a kind that does not exist would only fail. Used by one thread; {@link #missing} may be read by others.
 */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final KubernetesClient client;
    private final String apiVersion;
    private final List<Watched<?>> caches;
    private volatile Set<String> missing;

    Presence(KubernetesClient client, List<Watched<?>> caches) {
        this.client = client;
        this.apiVersion = caches.getFirst().apiVersion();
        this.caches = caches;
        this.missing = plurals();
    }

    private Set<String> plurals() {
        return caches.stream().map(Watched::plural).collect(Collectors.toUnmodifiableSet());
    }

    /** Plurals of the kinds that are not served. */
    Set<String> missing() {
        return missing;
    }

    /** Whether nothing of the group is served. */
    boolean absent() {
        return missing.size() == caches.size();
    }

    String apiVersion() {
        return apiVersion;
    }

    boolean synced() {
        return caches.stream().filter(Watched::started).allMatch(Watched::synced);
    }

    /** Asks the API server, and starts and stops caches accordingly. */
    void check() {
        Set<String> served = served();
        for (Watched<?> cache : caches) {
            boolean there = served.contains(cache.plural());
            if (there && !cache.started()) {
                LOG.info("Watching {} of {}.", cache.plural(), apiVersion);
                cache.start();
            } else if (!there && cache.started()) {
                LOG.warn("{} of {} are not served any more.", cache.plural(), apiVersion);
                cache.stop();
            }
        }
        missing = plurals().stream().filter(plural -> !served.contains(plural)).collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> served() {
        APIResourceList resources = client.getApiResources(apiVersion);
        return resources == null
                ? Set.of()
                : resources.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
    }
}

package dev.drover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the API server for one kind: the number of its objects and the resource versions of a few of them, others each time. Small, however
 * many objects there are. Used by one thread.
 */
final class Inquiry implements FreshnessProbe.Question {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Objects whose versions are compared, besides the first of the list. */
    private static final int SAMPLE = 2;

    private final KubernetesClient client;
    private final Watched<? extends HasMetadata> cache;
    private int cursor;

    Inquiry(KubernetesClient client, Watched<? extends HasMetadata> cache) {
        this.client = client;
        this.cache = cache;
    }

    @Override
    public FreshnessProbe.Answer ask() throws JsonProcessingException {
        JsonNode list = JSON.readTree(client.raw(cache.path() + "?limit=1", "GET", null));
        long count = list.path("items").size()
                + list.path("metadata").path("remainingItemCount").asLong(0);
        Map<String, String> sample = new HashMap<>();
        List<? extends HasMetadata> cached = cache.all();
        for (int i = 0; i < Math.min(SAMPLE, cached.size()); i++) {
            HasMetadata object = cached.get(Math.floorMod(cursor++, cached.size()));
            sample.put(key(object), version(object));
        }
        Comparison held =
                new Comparison(list.path("metadata").path("resourceVersion").asText(), count, sample);
        return () -> held.behind(cache);
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

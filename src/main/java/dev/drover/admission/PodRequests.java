package dev.drover.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.kubevirt.SlimPod;
import dev.drover.model.Resources;
import dev.drover.observe.PodReader;

/** What a pod requests that no cache can show yet. */
final class PodRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PodRequests() {}

    static Resources of(JsonNode pod) {
        try {
            return PodReader.requests(JSON.treeToValue(pod.path("spec"), SlimPod.Spec.class));
        } catch (JsonProcessingException odd) {
            throw new IllegalArgumentException(
                    "The pod's spec cannot be read: " + odd.getOriginalMessage() + ". Look at its creator.", odd);
        }
    }
}

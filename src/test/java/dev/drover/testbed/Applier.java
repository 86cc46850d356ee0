package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies objects of any kind, in the given order. */
final class Applier {

    // A definition that was applied a moment ago is served a little later.
    private static final Duration UNTIL_SERVED = Duration.ofSeconds(60);

    private final RawApi api;
    private List<RawApi.Kind> kinds = List.of();

    Applier(RawApi api) {
        this.api = api;
    }

    void apply(List<JsonNode> objects) {
        objects.forEach(object -> api.apply(kindOf(object), object));
    }

    private RawApi.Kind kindOf(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        if (find(apiVersion, kind).isEmpty()) {
            Waiting.until("The API server serves (" + kind + ") of (" + apiVersion + ")", UNTIL_SERVED, () -> {
                kinds = api.kinds();
                return find(apiVersion, kind).isPresent();
            });
        }
        return find(apiVersion, kind).orElseThrow();
    }

    private Optional<RawApi.Kind> find(String apiVersion, String kind) {
        return kinds.stream()
                .filter(known -> known.kind().equals(kind) && known.apiVersion().equals(apiVersion))
                .findFirst();
    }
}

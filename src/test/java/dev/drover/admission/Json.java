package dev.drover.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON for tests: written with single quotes, and a patch applied as an API server does. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode of(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(text, broken);
        }
    }

    static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Applies operations "add" on members, all that this webhook uses; the parent must be there, as RFC 6902 demands. */
    static JsonNode patched(JsonNode pod, ArrayNode operations) {
        ObjectNode result = pod.deepCopy();
        for (JsonNode operation : operations) {
            String path = operation.path("path").asText();
            if (!operation.path("op").asText().equals("add")) {
                throw new IllegalArgumentException(operation.toString());
            }
            int last = path.lastIndexOf('/');
            if (!(result.at(path.substring(0, last)) instanceof ObjectNode parent)) {
                throw new IllegalArgumentException("no parent: " + path);
            }
            parent.set(path.substring(last + 1), operation.get("value"));
        }
        return result;
    }
}

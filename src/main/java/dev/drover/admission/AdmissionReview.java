package dev.drover.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The envelope of {@code admission.k8s.io/v1}: reads the request, writes the answer. JSON trees and not typed pods, so that what this
 * version does not know is never lost.
 */
final class AdmissionReview {
    static final String API_VERSION = "admission.k8s.io/v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdmissionReview() {}

    /**
     * @param uid of the request; the answer must repeat it
     * @param namespace of the pod; the object itself may not name it yet
     * @param dryRun nothing of this may be remembered
     */
    record Request(String uid, String namespace, boolean dryRun, JsonNode pod) {}

    static Request read(byte[] body) throws MalformedReview {
        JsonNode review = parse(body);
        String version = review.path("apiVersion").asText();
        if (!API_VERSION.equals(version)
                || !"AdmissionReview".equals(review.path("kind").asText())) {
            throw new MalformedReview("The body is a (" + version + " "
                    + review.path("kind").asText() + "). Send an AdmissionReview of " + API_VERSION + ".");
        }
        JsonNode request = review.path("request");
        String uid = request.path("uid").asText();
        if (uid.isEmpty()) {
            throw new MalformedReview(
                    "The AdmissionReview has no (request.uid). Send the request as the API server does.");
        }
        JsonNode pod = request.path("object");
        if (!pod.isObject() || !"Pod".equals(request.path("kind").path("kind").asText("Pod"))) {
            throw new MalformedReview("The AdmissionReview (" + uid
                    + ") carries no pod in (request.object). Register this webhook for the creation of pods only.");
        }
        return new Request(
                uid, request.path("namespace").asText(), request.path("dryRun").asBoolean(), pod);
    }

    /** The answer that admits the pod; without a patch when {@code patch} is empty. */
    static byte[] allow(Request request, ArrayNode patch) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("apiVersion", API_VERSION).put("kind", "AdmissionReview");
        ObjectNode response =
                answer.putObject("response").put("uid", request.uid()).put("allowed", true);
        if (!patch.isEmpty()) {
            response.put("patchType", "JSONPatch")
                    .put(
                            "patch",
                            Base64.getEncoder().encodeToString(patch.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] body) throws MalformedReview {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw new MalformedReview(
                        "The body (" + body.length + " bytes) is no JSON object. Send an AdmissionReview.");
            }
            return tree;
        } catch (JsonProcessingException broken) {
            throw new MalformedReview("The body (" + body.length + " bytes) is no JSON: " + broken.getOriginalMessage()
                    + ". Send an AdmissionReview.");
        } catch (IOException unreadable) {
            throw new MalformedReview("The body (" + body.length + " bytes) cannot be read. Send an AdmissionReview.");
        }
    }
}

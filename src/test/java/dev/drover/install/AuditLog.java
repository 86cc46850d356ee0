package dev.drover.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the API server has recorded of one service account of Drover's namespace.
 *
 * @param first the first line that counts, of those of the service account: the log outlives a test
 */
record AuditLog(Testbed testbed, String serviceAccount, long first) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATED = 201;

    static AuditLog fromNow(Testbed testbed, String serviceAccount) {
        return new AuditLog(
                testbed,
                serviceAccount,
                new AuditLog(testbed, serviceAccount, 0).events().size());
    }

    /** The right that each request needed, as {@link Rbac#rights} writes it; without those that everybody has. */
    SortedSet<String> used() {
        SortedSet<String> used = new TreeSet<>();
        for (JsonNode event : events()) {
            JsonNode object = event.path("objectRef");
            boolean everybodys = object.path("apiGroup").asText().equals("authorization.k8s.io");
            if (!object.isMissingNode() && !object.path("resource").isMissingNode() && !everybodys) {
                used.add(right(object, event.path("verb").asText()));
                // To apply what is not there is to create it, and needs both rights.
                if (event.path("verb").asText().equals("patch")
                        && event.at("/responseStatus/code").asInt() == CREATED) {
                    used.add(right(object, "create"));
                }
            }
        }
        return used;
    }

    /** How many requests there were of each kind, the most frequent first; a watch is one request. */
    Map<String, Long> counted() {
        Map<String, Long> requests = events().stream()
                .filter(event -> event.path("stage").asText().equals("ResponseComplete"))
                .collect(Collectors.groupingBy(AuditLog::kind, Collectors.counting()));
        Map<String, Long> sorted = new LinkedHashMap<>();
        requests.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static String kind(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String resource =
                object.path("resource").asText(event.path("requestURI").asText());
        return event.path("verb").asText() + " " + resource
                + (object.has("subresource") ? "/" + object.path("subresource").asText() : "");
    }

    /** The requests that were refused for want of a right. */
    List<String> refused() {
        return events().stream()
                .filter(event -> event.at("/annotations/authorization.k8s.io~1decision")
                        .asText()
                        .equals("forbid"))
                .map(event -> event.path("verb").asText() + " "
                        + event.path("requestURI").asText())
                .distinct()
                .toList();
    }

    private static String right(JsonNode object, String verb) {
        String subresource = object.path("subresource").asText("");
        return Rbac.right(
                object.path("apiGroup").asText(""),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                verb);
    }

    private List<JsonNode> events() {
        String user = "system:serviceaccount:" + Chart.NAMESPACE + ":" + serviceAccount;
        try (Stream<String> lines = Files.lines(testbed.auditLog())) {
            return lines.map(AuditLog::read)
                    .filter(event -> event.at("/user/username").asText().equals(user))
                    .skip(first)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("The audit log holds what is no event (" + line + ").", malformed);
        }
    }
}

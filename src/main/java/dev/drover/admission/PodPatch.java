package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.model.Requirement;
import dev.drover.model.TopologySpread;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the JSON patch that adds a {@link PodChange} to a pod. Idempotent: what the pod already has is not added again, so a second call on
 * the patched pod gives an empty patch, whatever other webhooks added in between.
 */
final class PodPatch {
    static final int NODE_WEIGHT = 100;
    static final int AFFINITY_WEIGHT = 50;
    /** Clauses with alternatives multiply node selector terms; beyond this the pod would outgrow what a scheduler should read. */
    static final int MAX_NODE_TERMS = 64;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String EXPRESSIONS = "matchExpressions";

    private final JsonNode pod;
    private final PodChange change;

    private PodPatch(JsonNode pod, PodChange change) {
        this.pod = pod;
        this.change = change;
    }

    /** @return operations in the order of the pod's fields; empty when there is nothing to add */
    static ArrayNode of(JsonNode pod, PodChange change) {
        PodPatch patch = new PodPatch(pod, change);
        ArrayNode operations = JSON.arrayNode();
        patch.replace(operations, "/metadata/annotations", patch.annotations());
        patch.replace(operations, "/spec/affinity", patch.affinity());
        patch.replace(operations, "/spec/topologySpreadConstraints", patch.spreads());
        patch.replace(operations, "/spec/schedulingGates", patch.gates());
        return operations;
    }

    /** "add" on a member that exists replaces it: one operation serves both. */
    private void replace(ArrayNode operations, String path, JsonNode wanted) {
        JsonNode present = pod.at(path);
        boolean nothing = (present.isMissingNode() || present.isNull()) && wanted.isEmpty();
        if (!nothing && !wanted.equals(present)) {
            operations.addObject().put("op", "add").put("path", path).set("value", wanted);
        }
    }

    private ObjectNode annotations() {
        ObjectNode annotations = objectAt("/metadata/annotations");
        change.annotations().forEach(annotations::put);
        return annotations;
    }

    private ObjectNode affinity() {
        ObjectNode affinity = objectAt("/spec/affinity");
        if (!change.nodeClauses().isEmpty()) {
            requireNodes(object(affinity, "nodeAffinity"));
        }
        String node = change.preferredNode();
        if (node != null) {
            append(array(object(affinity, "nodeAffinity"), PREFERRED), TermJson.preferredNode(node, NODE_WEIGHT));
        }
        change.affinity()
                .forEach(term -> append(
                        array(object(affinity, "podAffinity"), PREFERRED),
                        TermJson.weightedPodTerm(term, AFFINITY_WEIGHT)));
        change.antiAffinity()
                .forEach(term -> append(array(object(affinity, "podAntiAffinity"), REQUIRED), TermJson.podTerm(term)));
        return affinity;
    }

    /**
     * Terms of a node selector are alternatives, the expressions within one are not: a requirement must go into each term. A clause
     * with several alternatives multiplies the terms.
     */
    private void requireNodes(ObjectNode nodeAffinity) {
        ObjectNode required = object(nodeAffinity, REQUIRED);
        boolean fresh = !required.has("nodeSelectorTerms");
        List<ObjectNode> terms = new ArrayList<>();
        if (fresh) {
            terms.add(JSON.objectNode());
        } else {
            required.path("nodeSelectorTerms").forEach(term -> terms.add(term.deepCopy()));
        }
        for (List<Requirement> clause : change.nodeClauses()) {
            List<ObjectNode> narrowed = terms.stream()
                    .flatMap(term -> narrow(term, clause, fresh).stream())
                    .distinct()
                    .toList();
            if (narrowed.size() <= MAX_NODE_TERMS) {
                terms.clear();
                terms.addAll(narrowed);
            }
        }
        ArrayNode written = required.putArray("nodeSelectorTerms");
        terms.forEach(written::add);
    }

    private static List<ObjectNode> narrow(ObjectNode term, List<Requirement> clause, boolean fresh) {
        boolean matchesNothing = !fresh
                && term.path(EXPRESSIONS).isEmpty()
                && term.path("matchFields").isEmpty();
        List<ObjectNode> written = clause.stream().map(TermJson::requirement).toList();
        boolean holds = written.stream().anyMatch(requirement -> contains(term.path(EXPRESSIONS), requirement));
        if (matchesNothing || holds) {
            return List.of(term);
        }
        return written.stream()
                .map(requirement -> {
                    ObjectNode copy = term.deepCopy();
                    array(copy, EXPRESSIONS).add(requirement);
                    return copy;
                })
                .toList();
    }

    /** The API server refuses two constraints with the same key and the same consequence: the pod's own one stays alone. */
    private ArrayNode spreads() {
        ArrayNode spreads = arrayAt("/spec/topologySpreadConstraints");
        for (TopologySpread spread : change.spreads()) {
            ObjectNode written = TermJson.spread(spread);
            boolean taken = false;
            for (JsonNode present : spreads) {
                taken |= present.path("topologyKey").equals(written.path("topologyKey"))
                        && present.path("whenUnsatisfiable").equals(written.path("whenUnsatisfiable"));
            }
            if (!taken) {
                spreads.add(written);
            }
        }
        return spreads;
    }

    private ArrayNode gates() {
        ArrayNode gates = arrayAt("/spec/schedulingGates");
        if (change.gated()) {
            append(gates, JSON.objectNode().put("name", DroverAnnotations.GATE));
        }
        return gates;
    }

    private ObjectNode objectAt(String path) {
        return pod.at(path) instanceof ObjectNode present ? present.deepCopy() : JSON.objectNode();
    }

    private ArrayNode arrayAt(String path) {
        return pod.at(path) instanceof ArrayNode present ? present.deepCopy() : JSON.arrayNode();
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode present ? present : parent.putArray(name);
    }

    private static void append(ArrayNode list, ObjectNode item) {
        if (!contains(list, item)) {
            list.add(item);
        }
    }

    private static boolean contains(JsonNode list, JsonNode item) {
        for (JsonNode present : list) {
            if (present.equals(item)) {
                return true;
            }
        }
        return false;
    }
}

package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.constraint.NativeTerms;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import java.util.List;

/**
 * Builds the JSON patch that adds a {@link PodChange} to a pod. Idempotent: what the pod already has is not added again, so a second call on
 * the patched pod gives an empty patch, whatever other webhooks added in between.
 */
final class PodPatch {
    static final int NODE_WEIGHT = 100;
    static final int AFFINITY_WEIGHT = 50;
    /** Alternatives multiply; beyond this nothing is added, and Drover alone holds the rules about nodes. */
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
        List<Selector> alternatives = change.terms().nodeAlternatives();
        if (!alternatives.contains(Selector.EVERYTHING)
                && alternatives.stream().allMatch(AcceptableTerms::acceptsForNode)) {
            requireNodes(object(affinity, "nodeAffinity"), alternatives);
        }
        String node = change.preferredNode();
        if (node != null) {
            append(array(object(affinity, "nodeAffinity"), PREFERRED), TermJson.preferredNode(node, NODE_WEIGHT));
        }
        NativeTerms terms = change.terms();
        terms.preferredAffinity().stream()
                .filter(AcceptableTerms::accepts)
                .forEach(term -> append(
                        array(object(affinity, "podAffinity"), PREFERRED),
                        TermJson.weightedPodTerm(term, AFFINITY_WEIGHT)));
        terms.antiAffinity().stream()
                .filter(AcceptableTerms::accepts)
                .forEach(term -> append(array(object(affinity, "podAntiAffinity"), REQUIRED), TermJson.podTerm(term)));
        return affinity;
    }

    /**
     * The terms of a node selector are alternatives, the expressions within one are not: what is required must go into each term, and
     * several alternatives multiply the terms.
     */
    private void requireNodes(ObjectNode nodeAffinity, List<Selector> alternatives) {
        ObjectNode required = object(nodeAffinity, REQUIRED);
        if (!required.has("nodeSelectorTerms")) {
            ArrayNode fresh = required.putArray("nodeSelectorTerms");
            alternatives.forEach(alternative -> append(fresh, TermJson.selector(alternative)));
            return;
        }
        ArrayNode narrowed = JSON.arrayNode();
        for (JsonNode term : required.path("nodeSelectorTerms")) {
            narrow(term, alternatives).forEach(copy -> append(narrowed, copy));
        }
        if (narrowed.size() <= MAX_NODE_TERMS) {
            required.set("nodeSelectorTerms", narrowed);
        }
    }

    private static List<JsonNode> narrow(JsonNode term, List<Selector> alternatives) {
        boolean matchesNothing =
                term.path(EXPRESSIONS).isEmpty() && term.path("matchFields").isEmpty();
        boolean holds = alternatives.stream().anyMatch(alternative -> alternative.requirements().stream()
                .allMatch(demand -> contains(term.path(EXPRESSIONS), TermJson.requirement(demand))));
        if (matchesNothing || holds) {
            return List.of(term);
        }
        return alternatives.stream().map(alternative -> both(term, alternative)).toList();
    }

    private static JsonNode both(JsonNode term, Selector alternative) {
        ObjectNode copy = term.deepCopy();
        ArrayNode expressions = array(copy, EXPRESSIONS);
        alternative.requirements().forEach(demand -> append(expressions, TermJson.requirement(demand)));
        return copy;
    }

    /** The API server refuses two constraints with the same key and the same consequence: the pod's own one stays alone. */
    private ArrayNode spreads() {
        ArrayNode spreads = arrayAt("/spec/topologySpreadConstraints");
        for (TopologySpread spread : change.terms().spreads().stream()
                .filter(AcceptableTerms::accepts)
                .toList()) {
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

    private static void append(ArrayNode list, JsonNode item) {
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

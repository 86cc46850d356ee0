package dev.drover.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;

/** Native scheduling terms as the JSON of a pod's spec. Lists are written in one order, so that equal terms are equal JSON. */
final class TermJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TermJson() {}

    static ObjectNode requirement(Requirement requirement) {
        ObjectNode written = JSON.objectNode();
        written.put("key", requirement.key());
        written.put(
                "operator",
                switch (requirement.operator()) {
                    case IN -> "In";
                    case NOT_IN -> "NotIn";
                    case EXISTS -> "Exists";
                    case DOES_NOT_EXIST -> "DoesNotExist";
                    case GREATER_THAN -> "Gt";
                    case LESS_THAN -> "Lt";
                });
        if (!requirement.values().isEmpty()) {
            ArrayNode values = written.putArray("values");
            requirement.values().stream().sorted().forEach(values::add);
        }
        return written;
    }

    static ObjectNode selector(Selector selector) {
        ObjectNode written = JSON.objectNode();
        if (!selector.requirements().isEmpty()) {
            ArrayNode expressions = written.putArray("matchExpressions");
            selector.requirements().forEach(requirement -> expressions.add(requirement(requirement)));
        }
        return written;
    }

    static ObjectNode podTerm(PodTerm term) {
        ObjectNode written = JSON.objectNode();
        written.set("labelSelector", selector(term.pods()));
        if (!term.namespaces().isEmpty()) {
            ArrayNode namespaces = written.putArray("namespaces");
            term.namespaces().stream().sorted().forEach(namespaces::add);
        }
        if (!term.namespaceSelector().equals(Selector.NOTHING)) {
            written.set("namespaceSelector", selector(term.namespaceSelector()));
        }
        return written.put("topologyKey", term.topologyKey());
    }

    static ObjectNode weightedPodTerm(PodTerm term, int weight) {
        ObjectNode written = JSON.objectNode().put("weight", weight);
        written.set("podAffinityTerm", podTerm(term));
        return written;
    }

    /** Nodes that the pod cannot use for their taints do not count: an empty domain of cordoned nodes would block all others. */
    static ObjectNode spread(TopologySpread spread) {
        ObjectNode written = JSON.objectNode()
                .put("maxSkew", spread.maxSkew())
                .put("topologyKey", spread.topologyKey())
                .put("whenUnsatisfiable", "DoNotSchedule")
                .put("nodeTaintsPolicy", "Honor");
        written.set("labelSelector", selector(spread.pods()));
        return written;
    }

    /** Preferred node affinity for one node, by its name: a node need not carry a hostname label. */
    static ObjectNode preferredNode(String node, int weight) {
        ObjectNode written = JSON.objectNode().put("weight", weight);
        ObjectNode field =
                written.putObject("preference").putArray("matchFields").addObject();
        field.put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(node);
        return written;
    }
}

package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes of one cluster by a label, for the checkers: found once for each label, in plain collections. Not safe for threads. */
final class NodeGroups {
    private final SortedMap<String, Node> all = new TreeMap<>();
    private final Map<String, Map<String, SortedMap<String, Node>>> byLabel = new HashMap<>();

    NodeGroups(Cluster cluster) {
        cluster.nodes().forEach(node -> all.put(node.name(), node));
    }

    /** By name; not to be written. */
    SortedMap<String, Node> all() {
        return all;
    }

    /** Null when the cluster does not list it. */
    @Nullable
    Node named(String name) {
        return all.get(name);
    }

    /**
     * The nodes that a rule judges together with this one and without a look at any other: all of them where it compares domains or adds
     * up over all; by name and not to be written.
     */
    SortedMap<String, Node> judgedWith(Node node, Rule rule) {
        return switch (rule) {
            case Rule.Spread spread -> spread.maxSkew().isPresent() ? all : with(node, spread.topologyKey());
            case Rule.Capacity capacity -> capacity.topologyKey() == null ? all : with(node, capacity.topologyKey());
            case Rule.Colocate colocate -> all;
            case Rule.SameDomain sameDomain -> all;
            case Rule.MaxNodesInUse maxNodesInUse -> all;
            case Rule.SeparateFrom separateFrom -> alone(node);
            case Rule.Exclusive exclusive -> alone(node);
            case Rule.AllowedNodes allowedNodes -> alone(node);
            case Rule.ForbiddenNodes forbiddenNodes -> alone(node);
            case Rule.Pinned pinned -> alone(node);
            case Rule.Quarantine quarantine -> alone(node);
            case Rule.Reserve reserve -> alone(node);
            case Rule.Overcommit overcommit -> alone(node);
        };
    }

    /** Those with the same value of the label; itself alone when it has none. Not to be written. */
    SortedMap<String, Node> with(Node node, String key) {
        String value = node.labels().get(key);
        return value == null
                ? alone(node)
                : byLabel.computeIfAbsent(key, this::byValue).get(value);
    }

    private static SortedMap<String, Node> alone(Node node) {
        return new TreeMap<>(Map.of(node.name(), node));
    }

    private Map<String, SortedMap<String, Node>> byValue(String key) {
        Map<String, SortedMap<String, Node>> byValue = new HashMap<>();
        all.forEach((name, node) -> {
            String value = node.labels().get(key);
            if (value != null) {
                byValue.computeIfAbsent(value, unseen -> new TreeMap<>()).put(name, node);
            }
        });
        return byValue;
    }
}

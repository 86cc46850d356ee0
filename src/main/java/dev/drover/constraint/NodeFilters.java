package dev.drover.constraint;

import dev.drover.constraint.EntryFilters.Filter;
import dev.drover.model.Node;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a node by itself says to a virtual machine: readiness, cordon, taints, and the pod's node selector and node affinity. */
final class NodeFilters {
    private final Lookup lookup;
    private final Map<List<Toleration>, Filter> byTolerations = new HashMap<>();
    private final Map<Map<String, String>, Filter> bySelector = new HashMap<>();
    private final Map<List<Selector>, Filter> byTerms = new HashMap<>();

    NodeFilters(Lookup lookup) {
        this.lookup = lookup;
    }

    void addTo(EntryFilters filters) {
        Filter usable = new Filter(lookup.nodes(node -> node.ready() && !node.cordoned()), this::whyNotUsable);
        for (int vm = 0; vm < lookup.cluster.vms().size(); vm++) {
            Scheduling scheduling = lookup.cluster.vms().get(vm).scheduling();
            filters.add(vm, usable);
            filters.add(vm, byTolerations.computeIfAbsent(scheduling.tolerations(), this::ofTolerations));
            if (!scheduling.nodeSelector().isEmpty()) {
                filters.add(vm, bySelector.computeIfAbsent(scheduling.nodeSelector(), this::ofSelector));
            }
            if (!scheduling.nodeTerms().isEmpty()) {
                filters.add(vm, byTerms.computeIfAbsent(scheduling.nodeTerms(), this::ofTerms));
            }
        }
    }

    private String whyNotUsable(int index) {
        Node node = node(index);
        return node.cordoned() ? "the node is cordoned" : "the node is not ready";
    }

    private Filter ofTolerations(List<Toleration> tolerations) {
        BitSet nodes = lookup.nodes(node -> untolerated(node, tolerations).isEmpty());
        return new Filter(nodes, index -> "the taint is not tolerated: " + untolerated(node(index), tolerations));
    }

    private static String untolerated(Node node, List<Toleration> tolerations) {
        return node.taints().stream()
                .filter(taint -> taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE)
                .filter(taint -> tolerations.stream().noneMatch(toleration -> toleration.tolerates(taint)))
                .map(taint -> taint.key() + "=" + taint.value() + ":" + effect(taint.effect()))
                .collect(Collectors.joining(", "));
    }

    private static String effect(Taint.Effect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }

    private Filter ofSelector(Map<String, String> selector) {
        SortedMap<String, String> sorted = new TreeMap<>(selector);
        return new Filter(lookup.nodes(node -> missing(node, sorted).isEmpty()), index -> {
            return "the virtual machine's node selector is not met: " + missing(node(index), sorted);
        });
    }

    private static String missing(Node node, SortedMap<String, String> selector) {
        return selector.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(node.labels().get(entry.getKey())))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Filter ofTerms(List<Selector> terms) {
        BitSet nodes = lookup.nodes(node -> meetsOne(node, terms));
        String reason = "the virtual machine's node affinity is not met: "
                + terms.stream().map(Selectors::describe).collect(Collectors.joining(" or "));
        return new Filter(nodes, index -> reason);
    }

    /** As Kubernetes has it, a term without any requirement selects no node. */
    static boolean meetsOne(Node node, List<Selector> terms) {
        Map<String, String> fields = new HashMap<>(node.labels());
        fields.put(Scheduling.NODE_NAME_KEY, node.name());
        return terms.stream().anyMatch(term -> !term.requirements().isEmpty() && term.matches(fields));
    }

    private Node node(int index) {
        return lookup.cluster.nodes().get(index);
    }
}

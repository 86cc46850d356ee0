package dev.drover.service;

import dev.drover.kubevirt.SlimNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of all nodes at one instant. */
final class NodeFates {
    /** KubeVirt labels each node that its node side runs on, whatever the value. */
    private static final String OF_KUBEVIRT = "kubevirt.io/schedulable";

    private final Map<String, NodeFate> fates = new HashMap<>();
    private final Map<String, NodeFate> lost = new HashMap<>();
    private final int percent;
    private int nodes;

    /** @param percent of the nodes of KubeVirt: when more are lost, the brake holds */
    NodeFates(List<SlimNode> nodes, int percent, Instant now) {
        this.percent = percent;
        for (SlimNode node : nodes) {
            String name = node.getMetadata().getName();
            NodeFate fate = NodeFate.of(node, now);
            fates.put(name, fate);
            Map<String, String> labels = node.getMetadata().getLabels();
            if (labels != null && labels.containsKey(OF_KUBEVIRT)) {
                this.nodes++;
                if (!fate.alive()) {
                    lost.put(name, fate);
                }
            }
        }
    }

    NodeFate of(String node) {
        return fates.getOrDefault(node, NodeFate.GONE);
    }

    /** @param order a person's order to go on in spite of what was lost before it; null without one */
    Brake brake(@Nullable Instant order) {
        List<String> counted = lost.entrySet().stream()
                .filter(node -> !isReleased(node.getValue(), order))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new Brake(counted, nodes, percent);
    }

    private static boolean isReleased(NodeFate fate, @Nullable Instant order) {
        return order != null && fate.since() != null && fate.since().isBefore(order);
    }
}

package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * What the player needs to know of a node.
 *
 * @param powered whether the node carries the label {@link #POWERED}, which KWOK also looks at
 * @param cpu allocatable cores
 * @param memory allocatable bytes
 */
record NodeView(String name, Map<String, String> labels, boolean powered, double cpu, double memory) {

    /** A node without this label set to true is dead: neither KWOK nor the player does anything for it. */
    static final String POWERED = "bed/alive";

    static NodeView of(Node node) {
        var labels = node.getMetadata().getLabels();
        var allocatable = node.getStatus() == null ? null : node.getStatus().getAllocatable();
        return new NodeView(
                node.getMetadata().getName(),
                labels == null ? Map.of() : Map.copyOf(labels),
                labels != null && "true".equals(labels.get(POWERED)),
                amount(allocatable, "cpu"),
                amount(allocatable, "memory"));
    }

    private static double amount(@org.jspecify.annotations.Nullable Map<String, Quantity> quantities, String name) {
        var quantity = quantities == null ? null : quantities.get(name);
        return quantity == null ? 0 : quantity.getNumericalAmount().doubleValue();
    }
}

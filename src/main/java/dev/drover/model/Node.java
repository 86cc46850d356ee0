package dev.drover.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node.
 *
 * @param name the object's name
 * @param ready the Ready condition is True; a node that went silent is not
 * @param cordoned spec.unschedulable
 * @param allocatable what pods may request altogether, and what network and disks carry where that is known
 * @param otherUsage measured use by all but virtual machines: other pods and the system; null when nothing measured it
 */
public record Node(
        String name,
        String uid,
        Map<String, String> labels,
        List<Taint> taints,
        boolean ready,
        boolean cordoned,
        Resources allocatable,
        @Nullable Resources otherUsage) {
    public static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    public Node {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    /** The value that node selectors see; it need not equal the object's name. */
    public String hostname() {
        return labels.getOrDefault(HOSTNAME_LABEL, name);
    }

    public Node with(List<Taint> taints) {
        return new Node(name, uid, labels, taints, ready, cordoned, allocatable, otherUsage);
    }

    public Node with(Resources allocatable) {
        return new Node(name, uid, labels, taints, ready, cordoned, allocatable, otherUsage);
    }

    public Node inState(boolean ready, boolean cordoned) {
        return new Node(name, uid, labels, taints, ready, cordoned, allocatable, otherUsage);
    }

    public Node withOtherUsage(@Nullable Resources otherUsage) {
        return new Node(name, uid, labels, taints, ready, cordoned, allocatable, otherUsage);
    }
}

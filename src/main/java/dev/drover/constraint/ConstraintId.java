package dev.drover.constraint;

import java.util.Comparator;

/**
 * Which custom resource a constraint came from.
 *
 * @param kind PlacementConstraint or ClusterPlacementConstraint
 * @param namespace empty for the cluster kind
 */
public record ConstraintId(String kind, String namespace, String name, String uid) implements Comparable<ConstraintId> {
    private static final Comparator<ConstraintId> ORDER = Comparator.comparing(ConstraintId::kind)
            .thenComparing(ConstraintId::namespace)
            .thenComparing(ConstraintId::name)
            .thenComparing(ConstraintId::uid);

    @Override
    public int compareTo(ConstraintId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }
}

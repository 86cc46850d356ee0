package dev.drover.reconcile;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Conflict;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.Violation;
import dev.drover.model.Cluster;
import dev.drover.observe.Snapshot;
import dev.drover.plan.Pools;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one cycle decides on: the snapshot and what follows from it. Immutable.
 *
 * @param active the constraints that are acted on: all but the newest of each conflict
 * @param rules compiled from {@code active}
 * @param violations of {@code active} at this instant, those of discrete rules included
 * @param policies the custom resources by name
 */
record View(
        Snapshot snapshot,
        List<Constraint> active,
        List<Conflict> conflicts,
        CompiledRules rules,
        List<Violation> violations,
        Pools pools,
        Map<String, PlacementPolicy> policies) {

    Cluster cluster() {
        return snapshot.cluster();
    }

    Instant now() {
        return snapshot.cluster().takenAt();
    }

    /** The policies that have no nodes to govern, since older ones have them or they cannot be read; by name. */
    Set<String> governingNothing() {
        Set<String> result = new TreeSet<>(policies.keySet());
        pools.pools().forEach(pool -> result.remove(pool.policy().name()));
        return result;
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.placement.Score;
import dev.drover.plan.Pools.Pool;
import java.util.List;

/**
 * What one cycle found for one policy.
 *
 * @param movesWanted a plan is open, or moves are proposed
 * @param circuitOpen too many of its last migrations failed
 * @param faults why something that should be done is not done, the most important first
 */
record PoolOutcome(Pool pool, Score score, boolean movesWanted, boolean circuitOpen, List<Fault> faults) {
    PoolOutcome {
        faults = List.copyOf(faults);
    }
}

package dev.drover.placement;

/**
 * How well the cluster is served. Levels are compared in the order of the components, never added up.
 *
 * @param violations breaches of constraints that are to be repaired
 * @param contention demand above the target utilization, and once more what is above allocatable, in units of one average node
 * @param imbalance the standard deviation of the nodes' pressure: the largest of the weighted shares of its resources in use, 1
 *     being a full node
 * @param value 0 (nothing is served) to 100 (no breach, no contention, and even, or on as few nodes as can do); see {@link #of}
 */
public record Score(int violations, double contention, double imbalance, double value) {

    /**
     * The value is 100 x reached / (1 + violations + contention), so one breach, or the demand of one whole node above the target,
     * halves it.
     *
     * @param reached how much of the objective: 1 - imbalance, or the nodes that would do over those in use; taken as 0 to 1
     */
    static Score of(int violations, double contention, double imbalance, double reached) {
        double part = Math.clamp(reached, 0, 1);
        return new Score(violations, contention, imbalance, 100 * part / (1 + violations + contention));
    }
}

package dev.drover.placement;

/**
 * How well the cluster is served. Levels are compared in the order of the components, never added up.
 *
 * @param violations breaches of constraints that are to be repaired
 * @param contention demand above what nodes can serve or above the target utilization, in units of one average node
 * @param imbalance the standard deviation of the nodes' pressure
 * @param value 0 (nothing is served) to 100 (no breach, no contention, even)
 */
public record Score(int violations, double contention, double imbalance, double value) {
    /** Contention and imbalance as one figure, for messages only. */
    public double cost() {
        return contention + imbalance;
    }
}

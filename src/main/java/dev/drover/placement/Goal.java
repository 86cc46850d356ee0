package dev.drover.placement;

/**
 * How well is well enough, from a PlacementPolicy.
 *
 * @param cpuWeight, memoryWeight how much each counts in a node's pressure
 * @param cpuTarget, memoryTarget the share of allocatable above which a node is hot, 0-1
 * @param aggressiveness 1 repairs constraints only; 2 also relieves hot nodes; 3 to 5 also even out, 5 the most
 * @param maxMoves the most moves to propose, 1-256
 */
public record Goal(
        double cpuWeight,
        double memoryWeight,
        double cpuTarget,
        double memoryTarget,
        int aggressiveness,
        int maxMoves) {
    public static final Goal DEFAULT = new Goal(1, 1, 0.80, 0.85, 3, 256);
}

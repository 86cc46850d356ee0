package dev.drover.placement;

/**
 * How well is well enough, from a PlacementPolicy.
 *
 * @param cpuWeight, memoryWeight how much each counts in a node's pressure
 * @param cpuTarget, memoryTarget the share of allocatable above which a node is hot, 0-1
 * @param throughput the same of network and disks
 * @param aggressiveness 1 repairs constraints only; 2 also relieves hot nodes; 3 to 5 also pursue the objective, 5 the most
 * @param maxMoves the most moves to propose, 1-256
 * @param objective what is pursued where no rule is broken and no node is hot
 */
public record Goal(
        double cpuWeight,
        double memoryWeight,
        double cpuTarget,
        double memoryTarget,
        Throughput throughput,
        int aggressiveness,
        int maxMoves,
        Objective objective) {
    public static final Goal DEFAULT = new Goal(1, 1, 0.80, 0.85, 3, 256);

    /** What is good, where all are served. */
    public enum Objective {
        /** All nodes as full as each other. */
        BALANCE,
        /** As few nodes in use as can serve all. */
        CONSOLIDATE
    }

    /**
     * How well the network and the disks of nodes are to be served. They are looked at on the nodes that say how much they carry.
     *
     * @param networkWeight, diskIoWeight how much each counts in a node's pressure; 0 leaves it out
     * @param networkTarget, diskIoTarget the share of what a node carries above which it is hot, 0-1
     */
    public record Throughput(double networkWeight, double diskIoWeight, double networkTarget, double diskIoTarget) {
        public static final Throughput LEFT_OUT = new Throughput(0, 0, 0.80, 0.80);

        boolean weighs() {
            return networkWeight > 0 || diskIoWeight > 0;
        }
    }

    /** Of CPU and memory only. */
    public Goal(
            double cpuWeight,
            double memoryWeight,
            double cpuTarget,
            double memoryTarget,
            int aggressiveness,
            int maxMoves,
            Objective objective) {
        this(
                cpuWeight,
                memoryWeight,
                cpuTarget,
                memoryTarget,
                Throughput.LEFT_OUT,
                aggressiveness,
                maxMoves,
                objective);
    }

    /** To balance. */
    public Goal(
            double cpuWeight,
            double memoryWeight,
            double cpuTarget,
            double memoryTarget,
            int aggressiveness,
            int maxMoves) {
        this(cpuWeight, memoryWeight, cpuTarget, memoryTarget, aggressiveness, maxMoves, Objective.BALANCE);
    }

    /** The same as long as only constraints are to be repaired. */
    public Goal repairing() {
        return with(1);
    }

    /** The same as long as only hot nodes are to be relieved, besides. */
    Goal relieving() {
        return with(2);
    }

    private Goal with(int level) {
        return new Goal(cpuWeight, memoryWeight, cpuTarget, memoryTarget, throughput, level, maxMoves, objective);
    }

    boolean consolidates() {
        return objective == Objective.CONSOLIDATE;
    }
}

package dev.drover.plan;

/**
 * The free slots for migrations (P2): the smaller of our budget and KubeVirt's limits, less what is in flight, everyone's counted.
 * A migration beyond KubeVirt's limits would queue there without a time-out, so none is created. Not safe for threads.
 */
public final class Slots {

    /**
     * KubeVirt's own limits.
     *
     * @param perCluster parallelMigrationsPerCluster
     * @param perSourceNode parallelOutboundMigrationsPerNode
     */
    public record Limits(int perCluster, int perSourceNode) {
        /** Of a KubeVirt that configures none. */
        public static final Limits DEFAULT = new Limits(5, 2);
    }

    private final InFlight inFlight;
    private final Budget budget;
    private final int cluster;
    private final int source;

    /** @param inFlight is looked at whenever a slot is asked for, so that several policies can share it */
    public Slots(InFlight inFlight, Budget budget, Limits limits) {
        this.inFlight = inFlight;
        this.budget = budget;
        // One slot of the cluster stays free for the migrations of others, unless there is only one.
        this.cluster = Math.min(budget.maxConcurrent(), Math.max(1, limits.perCluster() - 1));
        this.source = Math.min(budget.perSourceNode(), limits.perSourceNode());
    }

    /** Why no migration may start now from one node to the other; empty when it may. */
    public String refusal(String from, String to) {
        if (inFlight.all() >= cluster) {
            return "%d migrations are in flight in the cluster, and at most %d may be"
                    .formatted(inFlight.all(), cluster);
        }
        if (inFlight.leaving(from) >= source) {
            return "%d migrations leave the node (%s), and at most %d may"
                    .formatted(inFlight.leaving(from), from, source);
        }
        if (inFlight.entering(to) >= budget.perTargetNode()) {
            return "%d migrations enter the node (%s), and at most %d may"
                    .formatted(inFlight.entering(to), to, budget.perTargetNode());
        }
        return "";
    }
}

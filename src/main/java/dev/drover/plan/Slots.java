package dev.drover.plan;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.VmId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    private final Budget budget;
    private final int cluster;
    private final int source;
    private final Map<String, Integer> leaving = new HashMap<>();
    private final Map<String, Integer> entering = new HashMap<>();
    private int inFlight;

    public Slots(Budget budget, Limits limits) {
        this.budget = budget;
        // One slot of the cluster stays free for the migrations of others, unless there is only one.
        this.cluster = Math.min(budget.maxConcurrent(), Math.max(1, limits.perCluster() - 1));
        this.source = Math.min(budget.perSourceNode(), limits.perSourceNode());
    }

    /** The slots that are left beside the migrations in flight in {@code now}. */
    public static Slots beside(Cluster now, Budget budget, Limits limits) {
        Slots slots = new Slots(budget, limits);
        Map<VmId, Integer> index = now.vmIndex();
        for (Migration migration : now.migrations()) {
            if (migration.inFlight()) {
                Integer vm = index.get(migration.vm());
                String from = migration.source() == null && vm != null
                        ? now.vms().get(vm).node()
                        : migration.source();
                slots.count(from, migration.target());
            }
        }
        return slots;
    }

    private void count(@Nullable String from, @Nullable String to) {
        inFlight++;
        if (from != null) {
            leaving.merge(from, 1, Integer::sum);
        }
        if (to != null) {
            entering.merge(to, 1, Integer::sum);
        }
    }

    /** Why no migration may start now from one node to the other; empty when it may. */
    public String refusal(String from, String to) {
        if (inFlight >= cluster) {
            return "%d migrations are in flight in the cluster, and at most %d may be".formatted(inFlight, cluster);
        }
        if (leaving.getOrDefault(from, 0) >= source) {
            return "%d migrations leave the node (%s), and at most %d may".formatted(leaving.get(from), from, source);
        }
        if (entering.getOrDefault(to, 0) >= budget.perTargetNode()) {
            return "%d migrations enter the node (%s), and at most %d may"
                    .formatted(entering.get(to), to, budget.perTargetNode());
        }
        return "";
    }

    /** Takes a slot for a migration that was started. */
    public void take(String from, String to) {
        count(from, to);
    }

    public int inFlight() {
        return inFlight;
    }
}

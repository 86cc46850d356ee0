package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Relieves nodes before they are hot. The engine is asked what it would do with the demand that is forecast; what it answers is taken only
 * when it leaves now no worse than it is, by the demand of now. Where it would not, it is asked once more with the larger demand of the
 * two for each virtual machine. Room and rules are those of now at both times. Safe for threads.
 */
public final class Anticipation {
    private final Engine engine;

    public Anticipation(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param now with the demand of now
     * @param then the same cluster with the demand that is forecast
     * @return moves for the reason {@link Relocation.Reason#FORECAST} that leave less contention then and no more now; none when there are none that are worth it
     */
    public List<Relocation> find(Instance now, Cluster then) {
        List<Relocation> moves = relief(now, then);
        if (worsens(now.cluster(), ends(moves), now)) {
            moves = relief(now, larger(now.cluster(), then));
        }
        boolean isGood = !worsens(now.cluster(), ends(moves), now) && betters(then, ends(moves), now);
        return isGood ? moves.stream().map(Anticipation::early).toList() : List.of();
    }

    private static Relocation early(Relocation move) {
        return move.reason() == Relocation.Reason.BALANCE ? move.madeFor(Relocation.Reason.FORECAST, move.why()) : move;
    }

    private List<Relocation> relief(Instance now, Cluster cluster) {
        return engine.solve(new Instance(
                        cluster,
                        now.rules(),
                        now.movable(),
                        now.nodes(),
                        now.goal().relieving(),
                        now.effort()))
                .moves();
    }

    /**
     * Whether there is more contention on the nodes of an instance once these virtual machines are where they are to end.
     *
     * @param cluster that of the instance, with any demand
     */
    public static boolean worsens(Cluster cluster, Map<VmId, String> ends, Instance of) {
        return change(cluster, ends, of) > Cost.ROUNDING;
    }

    /** Whether there is less. */
    public static boolean betters(Cluster cluster, Map<VmId, String> ends, Instance of) {
        return change(cluster, ends, of) < -Cost.ROUNDING;
    }

    private static double change(Cluster cluster, Map<VmId, String> ends, Instance of) {
        return contention(ended(cluster, ends), of) - contention(cluster, of);
    }

    private static double contention(Cluster cluster, Instance of) {
        return new Load(cluster, Sizes.of(cluster), of.goal(), of.nodes(), new BitSet()).contention();
    }

    /** Where the moves end. */
    public static Map<VmId, String> ends(List<Relocation> moves) {
        return moves.stream().collect(Collectors.toMap(Relocation::vm, Relocation::to));
    }

    /** The cluster once these virtual machines are where they are to end. */
    public static Cluster ended(Cluster cluster, Map<VmId, String> ends) {
        List<Vm> vms = cluster.vms().stream()
                .map(vm -> ends.containsKey(vm.id()) ? vm.at(ends.get(vm.id()), null) : vm)
                .toList();
        Set<String> moved = vms.stream()
                .filter(vm -> ends.containsKey(vm.id()))
                .map(Vm::instanceUid)
                .collect(Collectors.toSet());
        List<Pod> pods = cluster.pods().stream()
                .filter(pod -> pod.instanceUid() == null || !moved.contains(pod.instanceUid()))
                .toList();
        return new Cluster(cluster.takenAt(), cluster.nodes(), vms, pods, cluster.migrations(), cluster.namespaces());
    }

    private static Cluster larger(Cluster now, Cluster then) {
        List<Vm> vms = new ArrayList<>();
        for (int i = 0; i < now.vms().size(); i++) {
            Demand demand = now.vms().get(i).demand();
            long cpu = Math.max(
                    demand.amount().cpuMillis(),
                    then.vms().get(i).demand().amount().cpuMillis());
            vms.add(now.vms().get(i).with(new Demand(demand.amount().with(Resources.CPU, cpu), demand.source())));
        }
        return new Cluster(now.takenAt(), now.nodes(), vms, now.pods(), now.migrations(), now.namespaces());
    }
}

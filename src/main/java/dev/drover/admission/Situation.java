package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.placement.Goal;
import dev.drover.placement.StartPlacement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What admission decides on: one snapshot with its rules compiled, made once for each change of the cluster and not for each pod.
 *
 * @param constraints those that are acted on
 * @param pools the nodes of each policy; disjoint. Nodes that no policy governs are in none
 * @param nodeIndex index of each node by its name
 * @param vmOfInstance index of the virtual machine by the uid of its instance
 * @param scene where arrivals are placed; for {@link StartPlacer} only
 * @param wishes of services, which win over those of policies
 */
record Situation(
        Cluster cluster,
        List<Constraint> constraints,
        CompiledRules rules,
        List<Pool> pools,
        Map<String, Integer> nodeIndex,
        Map<String, Integer> vmOfInstance,
        ArrivalScene scene,
        ServiceWishes wishes) {

    /** @param nodes indexes of the policy's nodes */
    record Pool(AdmissionMode mode, Goal goal, BitSet nodes) {}

    static Situation of(
            Cluster cluster,
            List<Constraint> constraints,
            CompiledRules rules,
            List<Pool> pools,
            ServiceWishes wishes) {
        Map<String, Integer> index = new HashMap<>();
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            index.put(cluster.vms().get(vm).instanceUid(), vm);
        }
        Map<String, Integer> nodeIndex = cluster.nodeIndex();
        StartPlacement placement = StartPlacement.of(cluster, rules, placeable(pools), goal(pools));
        ArrivalScene scene = new ArrivalScene(cluster, nodeIndex, index, placement);
        return new Situation(cluster, constraints, rules, pools, nodeIndex, index, scene, wishes);
    }

    OptionalInt vm(String instanceUid) {
        Integer index = vmOfInstance.get(instanceUid);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * The mode for a pod: of the policies whose nodes it may use. Gate if one says Gate, else Advise if one says Advise. Of a virtual
     * machine that the snapshot does not show yet, or that no node takes just now, only the pod's node selector counts. Where a policy
     * places at all, what the virtual machine's service says wins.
     */
    AdmissionMode modeOf(LauncherPod pod) {
        AdmissionMode ofPolicies = modeOfPolicies(pod);
        AdmissionMode ofService = wishes.of(pod);
        return ofService == null || ofPolicies == AdmissionMode.OFF ? ofPolicies : ofService;
    }

    private AdmissionMode modeOfPolicies(LauncherPod pod) {
        BitSet usable = usableNodes(pod);
        AdmissionMode strongest = AdmissionMode.OFF;
        for (Pool pool : pools) {
            if (pool.nodes().intersects(usable) && pool.mode().exceeds(strongest)) {
                strongest = pool.mode();
            }
        }
        return strongest;
    }

    /** The nodes that the engine may choose: those of policies that want pods to be placed. */
    BitSet placeableNodes() {
        return placeable(pools);
    }

    private static BitSet placeable(List<Pool> pools) {
        BitSet nodes = new BitSet();
        pools.stream().filter(pool -> pool.mode() != AdmissionMode.OFF).forEach(pool -> nodes.or(pool.nodes()));
        return nodes;
    }

    /** Of the oldest policy that wants pods to be placed. */
    private static Goal goal(List<Pool> pools) {
        return pools.stream()
                .filter(pool -> pool.mode() != AdmissionMode.OFF)
                .map(Pool::goal)
                .findFirst()
                .orElse(Goal.DEFAULT);
    }

    private BitSet usableNodes(LauncherPod pod) {
        OptionalInt vm = vm(pod.instanceUid());
        BitSet enterable = vm.isPresent() ? rules.mayEnter().get(vm.getAsInt()) : new BitSet();
        return enterable.isEmpty() ? selectedNodes(pod.nodeSelector()) : enterable;
    }

    private BitSet selectedNodes(Map<String, String> nodeSelector) {
        BitSet selected = new BitSet(cluster.nodes().size());
        for (int index = 0; index < cluster.nodes().size(); index++) {
            Node node = cluster.nodes().get(index);
            selected.set(index, node.labels().entrySet().containsAll(nodeSelector.entrySet()));
        }
        return selected;
    }

    /** The weaker of what a policy asks for and what the operator may do. */
    static AdmissionMode weaker(AdmissionMode wanted, AdmissionMode most) {
        return wanted.exceeds(most) ? most : wanted;
    }
}

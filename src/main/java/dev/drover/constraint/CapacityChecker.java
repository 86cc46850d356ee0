package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whether nodes can hold what is on them (property P5): both copies of a virtual machine that moves and all other pods.
 * Written for itself, on plain collections, so that it can judge the solver.
 */
public final class CapacityChecker {
    /** What pods that stand for no copy of a virtual machine request, by node. */
    private final Map<String, Resources> others = new HashMap<>();

    /** @param cluster see {@link #check} */
    public CapacityChecker(Cluster cluster) {
        Map<String, Vm> instances = new HashMap<>();
        if (!cluster.pods().isEmpty()) {
            cluster.vms().forEach(vm -> instances.put(vm.instanceUid(), vm));
        }
        for (Pod pod : cluster.pods()) {
            if (pod.node() != null && !isCopy(instances.get(String.valueOf(pod.instanceUid())), pod.node())) {
                others.merge(pod.node(), pod.requests(), Resources::plus);
            }
        }
    }

    private static boolean isCopy(@Nullable Vm vm, String node) {
        return vm != null && (node.equals(vm.node()) || node.equals(vm.target()));
    }

    /**
     * @param cluster the snapshot that {@code occupancy} was derived from. A launcher pod on a node where its virtual machine is
     *     neither running nor arriving holds its node for good, as the pod of a finished or failed migration does
     * @return sorted by node, then resource
     */
    public static List<Overload> check(Cluster cluster, Occupancy occupancy) {
        CapacityChecker checker = new CapacityChecker(cluster);
        Whereabouts whereabouts = new Whereabouts(cluster, occupancy);
        return cluster.nodes().stream()
                .flatMap(node -> checker.check(node, whereabouts.on(node.name()).values()).stream())
                .toList();
    }

    /**
     * The same for one node.
     *
     * @param copies the virtual machines that have a copy on it
     */
    public List<Overload> check(Node node, Collection<Vm> copies) {
        Resources sum = ofOthers(node.name());
        for (Vm vm : copies) {
            sum = sum.plus(vm.requests());
        }
        List<Overload> overloads = new ArrayList<>();
        for (String resource : sum.names()) {
            if (sum.get(resource) > node.allocatable().get(resource)) {
                overloads.add(new Overload(
                        node.name(),
                        resource,
                        sum.get(resource),
                        node.allocatable().get(resource)));
            }
        }
        return overloads;
    }

    /** What pods that stand for no copy of a virtual machine request on the node. */
    Resources ofOthers(String node) {
        return others.getOrDefault(node, Resources.NONE);
    }
}

package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A cluster as flat arrays: what each virtual machine requests, what each node has left for them, and where they are.
 *
 * @param names of the resources that some virtual machine requests, in the order of the columns
 * @param request {@code [vm * names.length + column]}
 * @param room {@code [node * names.length + column]}: allocatable less what fixed pods request; negative on an overcommitted node
 * @param home by virtual machine: the node where it runs, or that is reserved for its start; -1 when there is neither
 * @param bound by virtual machine: the node where its migration in flight takes it, else its home
 * @param fixedPods bound pods that do not belong to a virtual machine at its place: they stay where they are
 */
record Sizes(String[] names, long[] request, long[] room, int[] home, int[] bound, List<Pod> fixedPods) {

    static Sizes of(Cluster cluster) {
        return of(cluster, names(cluster.vms()));
    }

    /** With columns for all that nodes offer, too: a pod may request what no virtual machine of the cluster does. */
    static Sizes withOffers(Cluster cluster) {
        SortedSet<String> names = names(cluster.vms());
        cluster.nodes().forEach(node -> names.addAll(node.allocatable().names()));
        return of(cluster, names);
    }

    private static Sizes of(Cluster cluster, SortedSet<String> columnNames) {
        Map<String, Integer> nodeIndex = cluster.nodeIndex();
        String[] names = columnNames.toArray(String[]::new);
        int columns = names.length;
        int vms = cluster.vms().size();
        long[] request = new long[vms * columns];
        int[] home = new int[vms];
        int[] bound = new int[vms];
        for (int index = 0; index < vms; index++) {
            Vm vm = cluster.vms().get(index);
            fill(request, index, names, vm.requests());
            int target = vm.target() == null ? -1 : nodeIndex.getOrDefault(vm.target(), -1);
            home[index] = vm.node() == null ? target : nodeIndex.getOrDefault(vm.node(), target);
            bound[index] = home[index] >= 0 && target >= 0 ? target : home[index];
        }
        long[] room = new long[cluster.nodes().size() * columns];
        for (int index = 0; index < cluster.nodes().size(); index++) {
            fill(room, index, names, cluster.nodes().get(index).allocatable());
        }
        List<Pod> fixed = fixedPods(cluster);
        for (Pod pod : fixed) {
            Integer node = nodeIndex.get(pod.node());
            for (int column = 0; node != null && column < columns; column++) {
                room[node * columns + column] -= pod.requests().get(names[column]);
            }
        }
        return new Sizes(names, request, room, home, bound, fixed);
    }

    private static SortedSet<String> names(List<Vm> vms) {
        SortedSet<String> names = new TreeSet<>();
        Set<Set<String>> seen = new HashSet<>();
        for (Vm vm : vms) {
            if (seen.add(vm.requests().names())) {
                names.addAll(vm.requests().names());
            }
        }
        return names;
    }

    private static void fill(long[] rows, int row, String[] names, Resources amounts) {
        for (int column = 0; column < names.length; column++) {
            rows[row * names.length + column] = amounts.get(names[column]);
        }
    }

    /** The first launcher pod on each of a virtual machine's nodes is the virtual machine itself; one left over elsewhere is not. */
    private static List<Pod> fixedPods(Cluster cluster) {
        Map<String, Set<String>> copies = new HashMap<>();
        for (Vm vm : cluster.vms()) {
            Set<String> nodes = new HashSet<>();
            if (vm.node() != null) {
                nodes.add(vm.node());
            }
            if (vm.target() != null) {
                nodes.add(vm.target());
            }
            copies.put(vm.instanceUid(), nodes);
        }
        List<Pod> fixed = new ArrayList<>();
        for (Pod pod : cluster.pods()) {
            if (pod.node() == null) {
                continue;
            }
            Set<String> own = pod.instanceUid() == null ? null : copies.get(pod.instanceUid());
            if (own == null || !own.remove(pod.node())) {
                fixed.add(pod);
            }
        }
        return fixed;
    }

    int columns() {
        return names.length;
    }

    /** Whether a node may take virtual machines at all. */
    static boolean open(Node node) {
        return node.ready() && !node.cordoned();
    }
}

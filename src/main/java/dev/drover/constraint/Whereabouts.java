package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the copies of virtual machines are, at an instant that goes over into the next one step at a time: an {@link Occupancy} that
 * changes, seen from the nodes too. A plain collection as well. Not safe for threads.
 */
public final class Whereabouts {
    private final Cluster cluster;
    private final Map<VmId, Integer> index;
    private final Map<VmId, SortedSet<String>> nodesOf = new HashMap<>();
    private final Map<String, SortedMap<Integer, Vm>> copiesOn = new HashMap<>();

    /** @param occupancy the first instant; of virtual machines that are not in the cluster nothing is known */
    public Whereabouts(Cluster cluster, Occupancy occupancy) {
        this.cluster = cluster;
        index = cluster.vmIndex();
        for (Vm vm : cluster.vms()) {
            put(vm.id(), occupancy.nodes(vm.id()));
        }
    }

    /** The nodes that hold a copy, by name. */
    public Set<String> nodes(VmId vm) {
        return nodesOf.getOrDefault(vm, Collections.emptySortedSet());
    }

    /** The virtual machines that have a copy on the node, by their index in the cluster. */
    public SortedMap<Integer, Vm> on(String node) {
        return Collections.unmodifiableSortedMap(copiesOn.getOrDefault(node, Collections.emptySortedMap()));
    }

    /**
     * Replaces the copies of one virtual machine.
     *
     * @return the nodes that it has entered or left
     * @throws IllegalArgumentException if the cluster does not contain it
     */
    public Set<String> put(VmId vm, Set<String> nodes) {
        Integer number = index.get(vm);
        if (number == null) {
            throw new IllegalArgumentException(
                    "The virtual machine (" + vm + ") is not in the cluster. Ask about those of the same snapshot.");
        }
        Set<String> old = nodes(vm);
        if (old.equals(nodes)) {
            return Set.of();
        }
        Set<String> changed = new TreeSet<>(nodes);
        changed.addAll(old);
        changed.removeIf(node -> old.contains(node) && nodes.contains(node));
        nodesOf.put(vm, Collections.unmodifiableSortedSet(new TreeSet<>(nodes)));
        for (String node : changed) {
            SortedMap<Integer, Vm> copies = copiesOn.computeIfAbsent(node, unseen -> new TreeMap<>());
            if (nodes.contains(node)) {
                copies.put(number, cluster.vms().get(number));
            } else {
                copies.remove(number);
            }
        }
        return changed;
    }

    /** This instant, to keep. */
    public Occupancy occupancy() {
        return new Occupancy(Collections.unmodifiableSortedMap(new TreeMap<>(nodesOf)));
    }
}

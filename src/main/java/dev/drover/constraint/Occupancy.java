package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which nodes hold a copy of each virtual machine at one instant: one when it rests, two while it moves, none before it started.
 * A plain collection on purpose: the checkers read this and nothing of the solver.
 */
public record Occupancy(SortedMap<VmId, SortedSet<String>> nodesOf) {

    public static Occupancy of(Cluster cluster) {
        SortedMap<VmId, SortedSet<String>> nodes = new TreeMap<>();
        for (Vm vm : cluster.vms()) {
            SortedSet<String> copies = new TreeSet<>();
            if (vm.node() != null) {
                copies.add(vm.node());
            }
            if (vm.target() != null) {
                copies.add(vm.target());
            }
            nodes.put(vm.id(), copies);
        }
        return new Occupancy(Collections.unmodifiableSortedMap(nodes));
    }

    /** The same with the copies of one virtual machine replaced. */
    public Occupancy with(VmId vm, Set<String> copies) {
        return with(Map.of(vm, copies));
    }

    /** The same with the copies of some virtual machines replaced. */
    public Occupancy with(Map<VmId, Set<String>> copies) {
        SortedMap<VmId, SortedSet<String>> changed = new TreeMap<>(nodesOf);
        copies.forEach((vm, nodes) -> changed.put(vm, Collections.unmodifiableSortedSet(new TreeSet<>(nodes))));
        return new Occupancy(Collections.unmodifiableSortedMap(changed));
    }

    public Set<String> nodes(VmId vm) {
        SortedSet<String> copies = nodesOf.get(vm);
        return copies == null ? Set.of() : copies;
    }
}

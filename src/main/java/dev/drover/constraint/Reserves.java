package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What nodes can give when virtual machines count with what is reserved for them. */
final class Reserves {
    private Reserves() {}

    /** One for each resource of which something is reserved; in each, every virtual machine has a part. */
    static List<Cap> caps(Lookup lookup, BitSet selected, Resources amount, Origin origin) {
        BitSet everyone = new BitSet();
        everyone.set(0, lookup.cluster.vms().size());
        return amount.names().stream()
                .map(name -> {
                    long[] weights = IntStream.range(0, lookup.cluster.vms().size())
                            .mapToLong(vm -> weight(lookup, vm, name, selected.get(vm) ? amount.get(name) : 0))
                            .toArray();
                    long[] max = room(lookup, name, weights, selected);
                    return new Cap(origin, lookup.everyNode().of(), everyone, weights, max);
                })
                .toList();
    }

    private static long weight(Lookup lookup, int vm, String resource, long reserved) {
        return Math.max(reserved, lookup.cluster.vms().get(vm).requests().get(resource));
    }

    /** A node where nothing is reserved breaks no reserve, whatever is on it. */
    private static long[] room(Lookup lookup, String resource, long[] weights, BitSet selected) {
        long[] room = lookup.cluster.nodes().stream()
                .mapToLong(node -> node.allocatable().get(resource))
                .toArray();
        for (Pod pod : lookup.cluster.pods()) {
            int node = lookup.node(pod.node());
            if (node >= 0 && !isCopy(lookup, pod)) {
                room[node] -= pod.requests().get(resource);
            }
        }
        long[] present = new long[room.length];
        BitSet reserving = new BitSet();
        for (int index = 0; index < weights.length; index++) {
            Vm vm = lookup.cluster.vms().get(index);
            for (int node : IntStream.of(lookup.node(vm.node()), lookup.node(vm.target()))
                    .distinct()
                    .filter(one -> one >= 0)
                    .toArray()) {
                present[node] += weights[index];
                reserving.set(node, reserving.get(node) || selected.get(index));
            }
        }
        for (int node = 0; node < room.length; node++) {
            room[node] = reserving.get(node) ? room[node] : Math.max(room[node], present[node]);
        }
        return room;
    }

    /** Whether the pod is a virtual machine where that runs or arrives. */
    private static boolean isCopy(Lookup lookup, Pod pod) {
        int owner = lookup.owner(pod);
        if (owner < 0) {
            return false;
        }
        Vm vm = lookup.cluster.vms().get(owner);
        return String.valueOf(pod.node()).equals(vm.node())
                || String.valueOf(pod.node()).equals(vm.target());
    }
}

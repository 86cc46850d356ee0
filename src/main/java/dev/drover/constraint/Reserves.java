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
                    int[] nodes = lookup.everyNode().of();
                    return new Cap(origin, nodes, everyone, selected, weights, room(lookup, name));
                })
                .toList();
    }

    private static long weight(Lookup lookup, int vm, String resource, long reserved) {
        return Math.max(reserved, lookup.cluster.vms().get(vm).requests().get(resource));
    }

    /** What each node has beside the pods that are no virtual machines. */
    static long[] room(Lookup lookup, String resource) {
        long[] room = lookup.cluster.nodes().stream()
                .mapToLong(node -> node.allocatable().get(resource))
                .toArray();
        for (Pod pod : lookup.cluster.pods()) {
            int node = lookup.node(pod.node());
            if (node >= 0 && !isCopy(lookup, pod)) {
                room[node] -= pod.requests().get(resource);
            }
        }
        return room;
    }

    /** Whether the pod is a virtual machine where that runs or arrives. */
    static boolean isCopy(Lookup lookup, Pod pod) {
        int owner = lookup.owner(pod);
        if (owner < 0) {
            return false;
        }
        Vm vm = lookup.cluster.vms().get(owner);
        return String.valueOf(pod.node()).equals(vm.node())
                || String.valueOf(pod.node()).equals(vm.target());
    }
}

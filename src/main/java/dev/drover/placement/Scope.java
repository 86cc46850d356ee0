package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import java.util.BitSet;

/**
 * What of an instance is in play.
 *
 * @param movable virtual machines that the caller allows to move, and that can: live, at rest, not pinned
 * @param nodes those of the policy, and those from which its virtual machines may be taken: their contention counts
 * @param open nodes of the policy between which load can be evened out
 */
record Scope(BitSet movable, BitSet nodes, BitSet open) {

    static Scope of(Instance instance, Sizes sizes) {
        BitSet movable = movable(instance, sizes);
        BitSet nodes = (BitSet) instance.nodes().clone();
        for (int vm = movable.nextSetBit(0); vm >= 0; vm = movable.nextSetBit(vm + 1)) {
            nodes.set(sizes.bound()[vm]);
        }
        return new Scope(movable, nodes, open(instance));
    }

    static BitSet movable(Instance instance, Sizes sizes) {
        BitSet movable = able(instance, sizes);
        movable.andNot(instance.rules().pinned());
        return movable;
    }

    /** Those that the caller allows to move, and that can, whatever rules say. */
    static BitSet able(Instance instance, Sizes sizes) {
        Cluster cluster = instance.cluster();
        BitSet movable = (BitSet) instance.movable().clone();
        for (int index = 0; index < cluster.vms().size(); index++) {
            Vm vm = cluster.vms().get(index);
            if (sizes.home()[index] < 0
                    || vm.target() != null
                    || !vm.migratability().live()) {
                movable.clear(index);
            }
        }
        var index = cluster.vmIndex();
        cluster.migrations().stream().filter(Migration::inFlight).forEach(migration -> {
            Integer vm = index.get(migration.vm());
            if (vm != null) {
                movable.clear(vm);
            }
        });
        return movable;
    }

    private static BitSet open(Instance instance) {
        BitSet open = (BitSet) instance.nodes().clone();
        for (int node = open.nextSetBit(0); node >= 0; node = open.nextSetBit(node + 1)) {
            if (!Sizes.open(instance.cluster().nodes().get(node))) {
                open.clear(node);
            }
        }
        return open;
    }
}

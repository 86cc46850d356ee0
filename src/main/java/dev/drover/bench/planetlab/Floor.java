package dev.drover.bench.planetlab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Which VM is on which node, and every move so far. Not safe for threads. */
final class Floor {
    /** Stands for no node: the VM is not there yet or has left. */
    static final int NOWHERE = -1;

    private final int[] nodeOf;
    private final BitSet[] vmsOn = new BitSet[Day.NODES];
    private final List<Move> moves = new ArrayList<>();
    private int step;

    Floor(int vms) {
        nodeOf = new int[vms];
        Arrays.fill(nodeOf, NOWHERE);
        Arrays.setAll(vmsOn, node -> new BitSet(vms));
    }

    /** Moves made from now on belong to this step. */
    void enter(int step) {
        this.step = step;
    }

    int nodeOf(int vm) {
        return nodeOf[vm];
    }

    int[] nodes() {
        return nodeOf.clone();
    }

    /** The VMs of the node by rising number. */
    int[] vmsOn(int node) {
        return vmsOn[node].stream().toArray();
    }

    boolean isEmpty(int node) {
        return vmsOn[node].isEmpty();
    }

    /** Live migration of a VM to another node. */
    void move(int vm, int to) {
        moves.add(new Move(step, vm, nodeOf[vm], to));
        put(vm, to);
    }

    /** A start or a departure, which is no migration. */
    void put(int vm, int node) {
        if (nodeOf[vm] != NOWHERE) {
            vmsOn[nodeOf[vm]].clear(vm);
        }
        nodeOf[vm] = node;
        if (node != NOWHERE) {
            vmsOn[node].set(vm);
        }
    }

    List<Move> moves() {
        return Collections.unmodifiableList(moves);
    }
}

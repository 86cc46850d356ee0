package dev.drover.bench.fleet;

import java.util.BitSet;
import java.util.List;

/**
 * Equal nodes and the virtual machines on them.
 *
 * @param evacuated the nodes that are to be emptied
 */
record Fleet(int nodes, int cpu, int memory, BitSet evacuated, List<Member> members) {

    /** Stands for no group. */
    static final int ALONE = -1;

    /** @param group two of a group are never on one node; {@link #ALONE} for none */
    record Member(int node, int cpu, int memory, int group) {}

    int[] nodesNow() {
        return members.stream().mapToInt(Member::node).toArray();
    }

    int groups() {
        return members.stream().mapToInt(Member::group).max().orElse(ALONE) + 1;
    }
}

package dev.drover.bench.fleet;

import java.util.ArrayList;
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

    /** The same fleet with its members on other nodes. */
    Fleet placed(int[] nodeOf) {
        List<Member> moved = new ArrayList<>();
        for (int vm = 0; vm < nodeOf.length; vm++) {
            Member member = members.get(vm);
            moved.add(new Member(nodeOf[vm], member.cpu(), member.memory(), member.group()));
        }
        return new Fleet(nodes, cpu, memory, evacuated, moved);
    }

    int groups() {
        return members.stream().mapToInt(Member::group).max().orElse(ALONE) + 1;
    }
}

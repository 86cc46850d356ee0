package dev.drover.placement;

import java.util.List;

/** Some virtual machines that change their nodes together: {@code vms[i]} goes from {@code from[i]} to {@code to[i]}. */
record Change(int[] vms, int[] from, int[] to) {

    static Change shift(Arrangement at, int vm, int node) {
        return new Change(new int[] {vm}, new int[] {at.node(vm)}, new int[] {node});
    }

    static Change swap(Arrangement at, int one, int other) {
        int[] nodes = {at.node(one), at.node(other)};
        return new Change(new int[] {one, other}, nodes, new int[] {nodes[1], nodes[0]});
    }

    /** @param to the new node of each of the virtual machines */
    static Change of(Arrangement at, List<Integer> vms, List<Integer> to) {
        return new Change(
                vms.stream().mapToInt(vm -> vm).toArray(),
                vms.stream().mapToInt(at::node).toArray(),
                to.stream().mapToInt(node -> node).toArray());
    }

    /** Makes it; false, with nothing changed, when a node does not admit its virtual machine or a rule would be broken more. */
    boolean make(Arrangement at) {
        for (int index = 0; index < vms.length; index++) {
            if (!at.admits(vms[index], to[index])) {
                undo(at, index);
                return false;
            }
            at.move(vms[index], to[index]);
        }
        for (int vm : vms) {
            if (!at.keepsRules(vm)) {
                undo(at, vms.length);
                return false;
            }
        }
        return true;
    }

    void undo(Arrangement at) {
        undo(at, vms.length);
    }

    private void undo(Arrangement at, int made) {
        for (int index = made - 1; index >= 0; index--) {
            at.move(vms[index], from[index]);
        }
    }
}

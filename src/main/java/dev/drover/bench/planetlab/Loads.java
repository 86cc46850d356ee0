package dev.drover.bench.planetlab;

/** MIPS asked of each node. */
final class Loads {
    private final double[] mips = new double[Day.NODES];

    /** The demand of all VMs on the floor in the newest step that is known. */
    static Loads of(Floor floor, History history) {
        Loads loads = new Loads();
        for (int vm = 0; vm < history.vms(); vm++) {
            if (floor.nodeOf(vm) != Floor.NOWHERE) {
                loads.add(floor.nodeOf(vm), history.demand(vm));
            }
        }
        return loads;
    }

    double mips(int node) {
        return mips[node];
    }

    /** 1 is the whole capacity of the node. */
    double share(int node) {
        return mips[node] / NodeKind.of(node).capacity();
    }

    void add(int node, double demand) {
        mips[node] += demand;
    }

    Loads copy() {
        Loads copy = new Loads();
        System.arraycopy(mips, 0, copy.mips, 0, mips.length);
        return copy;
    }
}

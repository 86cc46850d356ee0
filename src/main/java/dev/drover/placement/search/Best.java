package dev.drover.placement.search;

/** The best arrangement seen, kept at the price of what changed since it was last written. */
final class Best {
    private final int[] nodeOf;
    private final int[] changed;
    private final boolean[] isChanged;
    private int changes;
    private long cost;

    Best(Arrangement now) {
        nodeOf = now.nodeOf.clone();
        cost = now.cost();
        changed = new int[nodeOf.length];
        isChanged = new boolean[nodeOf.length];
    }

    long cost() {
        return cost;
    }

    int[] nodeOf() {
        return nodeOf;
    }

    /** Says that a virtual machine was moved. */
    void note(int vm) {
        if (!isChanged[vm]) {
            isChanged[vm] = true;
            changed[changes++] = vm;
        }
    }

    /** Remembers the arrangement if it is better; to be called before it gets worse, and at the end. */
    void keep(Arrangement now) {
        if (now.cost() >= cost) {
            return;
        }
        cost = now.cost();
        for (int i = 0; i < changes; i++) {
            int vm = changed[i];
            nodeOf[vm] = now.nodeOf[vm];
            isChanged[vm] = false;
        }
        changes = 0;
    }
}

package dev.drover.placement.search;

import java.util.stream.IntStream;

/** Branch and bound over the subsets of a node's virtual machines: which of them should leave. */
final class Subset {
    private final Arrangement now;
    private final int node;
    private final int[] vms;
    private long bestCost;
    private long bestSet;

    Subset(Arrangement now, int node, int[] vms) {
        this.now = now;
        this.node = node;
        this.vms = vms;
    }

    int[] best() {
        bestCost = now.nodeCost(node);
        bestSet = 0;
        branch(0, 0, 0);
        return IntStream.range(0, vms.length)
                .filter(i -> (bestSet & 1L << i) != 0)
                .map(i -> vms[i])
                .toArray();
    }

    private void branch(int next, long set, long moves) {
        if (moves >= bestCost) {
            return;
        }
        long cost = moves + now.nodeCost(node);
        if (cost < bestCost) {
            bestCost = cost;
            bestSet = set;
        }
        for (int i = next; i < vms.length; i++) {
            now.take(vms[i]);
            branch(i + 1, set | 1L << i, moves + now.moveCost(vms[i]));
            now.put(vms[i], node, now.putDelta(vms[i], node));
        }
    }
}

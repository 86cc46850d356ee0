package dev.drover.placement.search;

import java.util.Arrays;

/** Which virtual machines are on each node, in no particular order; entering and leaving take constant time. Not safe for threads. */
public final class Roster {
    private final int[][] on;
    private final int[] counts;
    /** For each virtual machine its place in the list of its node. */
    private final int[] place;

    /** @param nodeOf for each virtual machine its node, or -1 */
    public Roster(int nodes, int[] nodeOf) {
        counts = new int[nodes];
        place = new int[nodeOf.length];
        for (int node : nodeOf) {
            if (node >= 0) {
                counts[node]++;
            }
        }
        on = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            on[node] = new int[counts[node] + 4];
        }
        Arrays.fill(counts, 0);
        for (int vm = 0; vm < nodeOf.length; vm++) {
            if (nodeOf[vm] >= 0) {
                add(vm, nodeOf[vm]);
            }
        }
    }

    public int count(int node) {
        return counts[node];
    }

    public int get(int node, int index) {
        return on[node][index];
    }

    void add(int vm, int node) {
        if (counts[node] == on[node].length) {
            on[node] = Arrays.copyOf(on[node], counts[node] * 2);
        }
        place[vm] = counts[node];
        on[node][counts[node]++] = vm;
    }

    void remove(int vm, int node) {
        int last = on[node][--counts[node]];
        on[node][place[vm]] = last;
        place[last] = place[vm];
    }

    public void shift(int vm, int from, int to) {
        remove(vm, from);
        add(vm, to);
    }
}

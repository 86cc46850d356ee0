package dev.drover.placement.search;

import java.util.Comparator;
import java.util.List;

/** Puts virtual machines that are nowhere: the largest first, each where it costs least, and there where it leaves least room. */
final class Packing {
    private final Arrangement now;
    private final Problem problem;

    Packing(Arrangement now) {
        this.now = now;
        problem = now.problem;
    }

    /** Those for which there is no node stay nowhere, or go back home where that is allowed. */
    void put(List<Integer> vms) {
        double[] sizes = now.sizes();
        vms.stream()
                .sorted(Comparator.comparingDouble((Integer vm) -> -sizes[vm]).thenComparing(Comparator.naturalOrder()))
                .forEach(this::put);
    }

    private void put(int vm) {
        int best = -1;
        long least = Long.MAX_VALUE;
        double tightest = 0;
        for (int node = 0; node < problem.nodes(); node++) {
            if (!now.canPut(vm, node)) {
                continue;
            }
            long delta = now.putDelta(vm, node);
            if (delta > least) {
                continue;
            }
            double room = now.room(node);
            if (delta < least || room < tightest) {
                best = node;
                least = delta;
                tightest = room;
            }
        }
        if (best >= 0) {
            now.put(vm, best, least);
        }
    }
}

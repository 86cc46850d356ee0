package dev.drover.placement.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts virtual machines that are nowhere: the largest first, each where it costs least, and there where it leaves least room. */
final class Packing {
    private final Arrangement now;
    private final Problem problem;

    Packing(Arrangement now) {
        this.now = now;
        problem = now.problem;
    }

    /** Those for which there is no node, even when another one makes room, stay nowhere. */
    void put(List<Integer> vms) {
        double[] sizes = now.sizes();
        vms.stream()
                .sorted(Comparator.comparingDouble((Integer vm) -> -sizes[vm]).thenComparing(Comparator.naturalOrder()))
                .forEach(this::put);
    }

    private void put(int vm) {
        int node = cheapest(vm);
        if (node >= 0) {
            now.put(vm, node, now.putDelta(vm, node));
        } else {
            putInPlaceOfAnother(vm);
        }
    }

    /** Where there is no room, one that has a place elsewhere makes it; the roomiest nodes are asked first. */
    private void putInPlaceOfAnother(int vm) {
        int[] nodes = IntStream.range(0, problem.nodes())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer node) -> -now.room(node)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int node : nodes) {
            if (makesRoom(vm, node)) {
                return;
            }
        }
    }

    private boolean makesRoom(int vm, int node) {
        for (int i = 0; i < now.roster.count(node); i++) {
            int other = now.roster.get(node, i);
            now.take(other);
            if (now.canPut(vm, node)) {
                now.put(vm, node, now.putDelta(vm, node));
                int elsewhere = cheapest(other);
                if (elsewhere >= 0) {
                    now.put(other, elsewhere, now.putDelta(other, elsewhere));
                    return true;
                }
                now.take(vm);
            }
            now.put(other, node, now.putDelta(other, node));
        }
        return false;
    }

    /** The node where a virtual machine costs least, of several the one with the least room; -1 when it fits nowhere. */
    private int cheapest(int vm) {
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
        return best;
    }
}

package dev.drover.placement.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts virtual machines that are nowhere: the largest first, each where it costs least, and there where it leaves least room. */
final class Packing {
    private final Arrangement now;
    private final Problem problem;
    /** Of each node, kept up to date. */
    private final double[] room;

    Packing(Arrangement now) {
        this.now = now;
        problem = now.problem;
        room = IntStream.range(0, problem.nodes()).mapToDouble(now::room).toArray();
    }

    /** Those for which there is no node, even when another one makes room, stay nowhere. */
    void put(List<Integer> vms) {
        if (vms.size() <= 1) {
            vms.forEach(this::put);
            return;
        }
        double[] sizes = now.sizes();
        vms.stream()
                .sorted(Comparator.comparingDouble((Integer vm) -> -sizes[vm]).thenComparing(Comparator.naturalOrder()))
                .forEach(this::put);
    }

    private void put(int vm) {
        int node = cheapest(vm);
        if (node >= 0) {
            put(vm, node);
        } else {
            putInPlaceOfAnother(vm);
        }
    }

    /** Where there is no room, one that has a place elsewhere makes it; the roomiest nodes are asked first. */
    private void putInPlaceOfAnother(int vm) {
        int[] nodes = IntStream.range(0, problem.nodes())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer node) -> -room[node]))
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
            take(other);
            if (now.canPut(vm, node)) {
                put(vm, node);
                int elsewhere = cheapest(other);
                if (elsewhere >= 0) {
                    put(other, elsewhere);
                    return true;
                }
                take(vm);
            }
            put(other, node);
        }
        return false;
    }

    /** The node where a virtual machine costs least, of several the one with the least room; -1 when it fits nowhere. */
    private int cheapest(int vm) {
        int best = -1;
        long least = Long.MAX_VALUE;
        double tightest = 0;
        long floor = leastAwayFromHome(vm);
        for (int node = 0; node < problem.nodes(); node++) {
            boolean isNoBetter = least <= floor && room[node] >= tightest && node != problem.home()[vm];
            if (isNoBetter || !now.canPut(vm, node)) {
                continue;
            }
            long delta = now.putDelta(vm, node);
            if (delta < least || delta == least && room[node] < tightest) {
                best = node;
                least = delta;
                tightest = room[node];
            }
        }
        return best;
    }

    /** The cost grows by no less on any node but its home; no bound where stranded room costs, which may become less. */
    private long leastAwayFromHome(int vm) {
        if (problem.strandings().length > 0) {
            return Long.MIN_VALUE;
        }
        return problem.home()[vm] == Problem.NOWHERE ? 0 : now.moveCost(vm);
    }

    private void put(int vm, int node) {
        now.put(vm, node, now.putDelta(vm, node));
        room[node] = now.room(node);
    }

    private void take(int vm) {
        int node = now.nodeOf[vm];
        now.take(vm);
        room[node] = now.room(node);
    }
}

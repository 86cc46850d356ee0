package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules and the costs of a fleet, with plain collections and from nothing. */
final class FleetEvaluator {
    private static final int WARM = 512;
    private static final long HOT_COST = 1000;
    private static final long WARM_COST = 10;

    private final Fleet fleet;
    private final int[] placed;
    private final long[] cpu;
    private final long[] memory;

    FleetEvaluator(Fleet fleet, int[] placed) {
        this.fleet = fleet;
        this.placed = placed;
        cpu = new long[fleet.nodes()];
        memory = new long[fleet.nodes()];
        for (int vm = 0; vm < placed.length; vm++) {
            cpu[placed[vm]] += fleet.members().get(vm).cpu();
            memory[placed[vm]] += fleet.members().get(vm).memory();
        }
    }

    /** 1000 for each unit of CPU above the capacity, 10 for each above 512, and the memory of what moved. */
    long cost() {
        long cost = movedMemory();
        for (long used : cpu) {
            cost += HOT_COST * Math.max(0, used - fleet.cpu()) + WARM_COST * Math.max(0, used - WARM);
        }
        return cost;
    }

    long movedMemory() {
        long sum = 0;
        for (int vm = 0; vm < placed.length; vm++) {
            Member member = fleet.members().get(vm);
            sum += member.node() == placed[vm] ? 0 : member.memory();
        }
        return sum;
    }

    int relocations() {
        int moved = 0;
        for (int vm = 0; vm < placed.length; vm++) {
            moved += fleet.members().get(vm).node() == placed[vm] ? 0 : 1;
        }
        return moved;
    }

    /** What holds in every arrangement: memory, and two of a group on no node. */
    List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        Set<List<Integer>> seen = new HashSet<>();
        for (int vm = 0; vm < placed.length; vm++) {
            int group = fleet.members().get(vm).group();
            if (group != Fleet.ALONE && !seen.add(List.of(group, placed[vm]))) {
                breaches.add("two of group " + group + " are on node " + placed[vm]);
            }
        }
        over(breaches, "memory", memory, fleet.memory());
        return breaches;
    }

    /** The same, and no node over its CPU either. */
    List<String> breachesWithCpu() {
        List<String> breaches = breaches();
        over(breaches, "CPU", cpu, fleet.cpu());
        return breaches;
    }

    /** Those and whatever is still on a node that is to be empty. */
    List<String> breachesOfEvacuation() {
        List<String> breaches = breachesWithCpu();
        leftBehind(breaches);
        return breaches;
    }

    /** What holds in every arrangement, and nothing is on a node that is to be empty. */
    List<String> breachesWithNothingOnEmptied() {
        List<String> breaches = breaches();
        leftBehind(breaches);
        return breaches;
    }

    private void leftBehind(List<String> breaches) {
        for (int vm = 0; vm < placed.length; vm++) {
            if (fleet.evacuated().get(placed[vm])) {
                breaches.add("VM " + vm + " is on node " + placed[vm] + ", which is to be empty");
            }
        }
    }

    private static void over(List<String> breaches, String what, long[] used, long capacity) {
        for (int node = 0; node < used.length; node++) {
            if (used[node] > capacity) {
                breaches.add("node " + node + " uses " + used[node] + " of " + capacity + " " + what);
            }
        }
    }
}

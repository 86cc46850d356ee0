package dev.drover.placement;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Finds the node for a start that preferred rules are about: of those that please most, the one with the best room. As a rule some node
 * breaks none of them, and then the index finds it; else every node is asked what it would break. Not safe for threads.
 */
final class Wishes {
    private final Rooms rooms;
    private final RuleCounters counters;

    Wishes(Rooms rooms, RuleCounters counters) {
        this.rooms = rooms;
        this.counters = counters;
    }

    /** See {@link Rooms#best}. */
    int best(int vm, BitSet candidates, IntPredicate admits) {
        if (!counters.mayLessen(vm)) {
            int node = rooms.best(vm, candidates, other -> counters.displeasure(vm, other) == 0 && admits.test(other));
            if (node >= 0) {
                return node;
            }
        }
        return bestByLevel(vm, candidates, admits);
    }

    /** First among those that please most, then among the next. */
    private int bestByLevel(int vm, BitSet candidates, IntPredicate admits) {
        int[] displeasure = new int[candidates.length()];
        candidates.stream().forEach(node -> displeasure[node] = counters.displeasure(vm, node));
        BitSet left = (BitSet) candidates.clone();
        while (!left.isEmpty()) {
            int least = left.stream().map(node -> displeasure[node]).min().orElseThrow();
            BitSet pleasing = left.stream()
                    .filter(node -> displeasure[node] == least)
                    .collect(BitSet::new, BitSet::set, BitSet::or);
            int node = rooms.best(vm, pleasing, admits);
            if (node >= 0) {
                return node;
            }
            left.andNot(pleasing);
        }
        return -1;
    }
}

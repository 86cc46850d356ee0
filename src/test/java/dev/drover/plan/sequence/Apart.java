package dev.drover.plan.sequence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** No two moves of a set may meet on a node, with plain collections. Those that meet at the beginning may part. */
record Apart(int[][] sets, int[] source) implements PlacementRules {
    @Override
    public Copies copies() {
        Map<Integer, Set<Integer>> nodesOf = new HashMap<>();
        for (int move = 0; move < source.length; move++) {
            nodesOf.put(move, Set.of(source[move]));
        }
        return new Copies() {
            @Override
            public boolean allow(int move, int node) {
                return Arrays.stream(sets)
                        .filter(set -> Arrays.stream(set).anyMatch(member -> member == move))
                        .flatMapToInt(Arrays::stream)
                        .allMatch(
                                member -> member == move || !nodesOf.get(member).contains(node));
            }

            @Override
            public void put(int move, int node, int target) {
                nodesOf.put(move, node == target ? Set.of(node) : Set.of(node, target));
            }
        };
    }
}

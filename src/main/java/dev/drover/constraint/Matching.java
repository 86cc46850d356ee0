package dev.drover.constraint;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Bipartite matching by augmenting paths (Kuhn 1955; Berge 1957). */
final class Matching {
    private final List<BitSet> wanted;
    private final int[] takenBy;

    private Matching(List<BitSet> wanted) {
        this.wanted = wanted;
        int places = wanted.stream().mapToInt(BitSet::length).max().orElse(0);
        takenBy = new int[places];
        Arrays.fill(takenBy, -1);
    }

    /** Whether each can have a place of its own among those that it wants. */
    static boolean isComplete(List<BitSet> wanted) {
        Matching matching = new Matching(wanted);
        for (int one = 0; one < wanted.size(); one++) {
            if (!matching.place(one, new BitSet())) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int one, BitSet tried) {
        BitSet places = wanted.get(one);
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (takenBy[place] < 0) {
                takenBy[place] = one;
                return true;
            }
        }
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (!tried.get(place)) {
                tried.set(place);
                if (place(takenBy[place], tried)) {
                    takenBy[place] = one;
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.drover.plan.sequence;

import dev.drover.plan.sequence.PlacementRules.Copies;
import java.util.Arrays;

/**
 * The placement rules of one problem at work. They tie moves together, directly or through others, and no rule reaches beyond those
 * that are tied. Not safe for threads.
 */
final class Ties {
    static final int NONE = -1;

    private final int[] source;
    private final int[] parent;
    private final boolean[] isTied;
    private final Copies held;
    private final Copies settled;

    Ties(SequenceProblem problem) {
        source = problem.moves().source();
        parent = new int[source.length];
        Arrays.setAll(parent, move -> move);
        isTied = new boolean[source.length];
        PlacementRules rules = problem.rules().placement();
        for (int[] set : rules.sets()) {
            for (int move : set) {
                isTied[move] = true;
                parent[root(move)] = root(set[0]);
            }
        }
        Arrays.setAll(parent, this::root);
        held = rules.copies();
        settled = rules.copies();
    }

    private int root(int move) {
        int at = move;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    /** One number for all moves that are tied together; {@link #NONE} for a move that no rule is about. */
    int of(int move) {
        return isTied[move] ? parent[move] : NONE;
    }

    /** Everything is where it is before the first move. */
    void begin() {
        for (int move = 0; move < source.length; move++) {
            if (isTied[move]) {
                held.put(move, source[move], source[move]);
                settled.put(move, source[move], source[move]);
            }
        }
    }

    /** Where the copies are now: what runs has two. */
    Copies held() {
        return held;
    }

    /** Where they will be when all that runs has arrived. */
    Copies settled() {
        return settled;
    }
}

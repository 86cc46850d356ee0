package dev.drover.plan.sequence;

import java.util.Arrays;
import java.util.List;

/**
 * The legs by which all moves that can be done are done, numbered in an order in which there is room for each when those before it have
 * ended: whatever else is started first must leave this order possible. Arrays are never changed after construction.
 *
 * @param move for each leg the move it belongs to
 * @param from for each leg the node it leaves
 * @param to for each leg the node it enters: the target of the move, another one that is as good, or a stop-over
 * @param before for each leg that leaves a stop-over the leg that went there, else {@link #NONE}
 * @param refused the moves that are left out
 */
record Itinerary(int[] move, int[] from, int[] to, int[] before, List<Refusal> refused) {
    static final int NONE = -1;

    Itinerary {
        refused = List.copyOf(refused);
    }

    int legs() {
        return move.length;
    }

    int stopOvers() {
        return (int) Arrays.stream(before).filter(leg -> leg != NONE).count();
    }

    /** The same legs numbered anew. */
    Itinerary inOrder(int[] order) {
        int[] number = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            number[order[i]] = i;
        }
        int[] newBefore = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            newBefore[i] = before[order[i]] == NONE ? NONE : number[before[order[i]]];
        }
        return new Itinerary(pick(move, order), pick(from, order), pick(to, order), newBefore, refused);
    }

    private static int[] pick(int[] values, int[] order) {
        return Arrays.stream(order).map(i -> values[i]).toArray();
    }
}

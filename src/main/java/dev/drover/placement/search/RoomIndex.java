package dev.drover.placement.search;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Nodes by how much of two resources they have left, in 64 x 64 cells of equal steps. The node whose rest is smallest and most even
 * is found from one word of bits for each step of the second resource, however many nodes there are; only nodes that a further
 * condition excludes are looked at one by one. Not safe for threads.
 */
final class RoomIndex {
    private static final int NONE = -1;
    private static final int LEVELS = 64;
    /** How much more an uneven rest counts than a large one: the resource that is left over alone is of no use to anybody. */
    private static final int UNEVEN = 4;

    private final int firstStep;
    private final int secondStep;
    /** For each cell its first node; each node knows its neighbours in the cell. */
    private final int[] head = new int[LEVELS * LEVELS];

    private final int[] next;
    private final int[] previous;
    private final int[] cellOf;
    /** For each level of the second resource, the levels of the first at which there are nodes. */
    private final long[] rows = new long[LEVELS];

    private final long[] rest = new long[LEVELS];

    /**
     * @param first the most that a node can have left of the first resource
     * @param second the same of the second
     */
    RoomIndex(int nodes, int first, int second) {
        firstStep = first / LEVELS + 1;
        secondStep = second / LEVELS + 1;
        next = new int[nodes];
        previous = new int[nodes];
        cellOf = new int[nodes];
        Arrays.fill(head, NONE);
        Arrays.fill(cellOf, NONE);
    }

    /** Says how much a node has left now, from 0 to the most; with less than 0 it is found no more. */
    void put(int node, int first, int second) {
        int cell = first < 0 || second < 0 ? NONE : second / secondStep * LEVELS + first / firstStep;
        if (cell == cellOf[node]) {
            return;
        }
        unlink(node);
        cellOf[node] = cell;
        if (cell != NONE) {
            link(node, cell);
        }
    }

    private void link(int node, int cell) {
        int behind = head[cell];
        head[cell] = node;
        previous[node] = NONE;
        next[node] = behind;
        if (behind != NONE) {
            previous[behind] = node;
        }
        rows[cell / LEVELS] |= 1L << cell;
    }

    private void unlink(int node) {
        int cell = cellOf[node];
        if (cell == NONE) {
            return;
        }
        if (previous[node] == NONE) {
            head[cell] = next[node];
        } else {
            next[previous[node]] = next[node];
        }
        if (next[node] != NONE) {
            previous[next[node]] = previous[node];
        }
        if (head[cell] == NONE) {
            rows[cell / LEVELS] &= ~(1L << cell);
        }
    }

    /**
     * The node that a demand fills best.
     *
     * @param fits whether the node may be it; asked of some nodes that lack less than a step, too
     * @return -1 where there is none
     */
    int best(int first, int second, IntPredicate fits) {
        int x = first / firstStep;
        int y = second / secondStep;
        if (x >= LEVELS || y >= LEVELS) {
            return NONE;
        }
        System.arraycopy(rows, y, rest, y, LEVELS - y);
        for (int cell = bestCell(x, y); cell != NONE; cell = bestCell(x, y)) {
            for (int node = head[cell]; node != NONE; node = next[node]) {
                if (fits.test(node)) {
                    return node;
                }
            }
            rest[cell / LEVELS] &= ~(1L << cell);
        }
        return NONE;
    }

    /** In a row the value of a cell falls up to the one with an even rest and grows behind it, so two cells can be the best. */
    private int bestCell(int x, int y) {
        int best = NONE;
        int least = Integer.MAX_VALUE;
        for (int level = y; level < LEVELS; level++) {
            long cells = rest[level] & -1L << x;
            if (cells == 0) {
                continue;
            }
            int even = Math.min(LEVELS - 1, x + level - y);
            long upToEven = cells & -1L >>> (LEVELS - 1 - even);
            long behind = cells ^ upToEven;
            int before = LEVELS - 1 - Long.numberOfLeadingZeros(upToEven);
            int after = Long.numberOfTrailingZeros(behind);
            int costBefore = upToEven == 0 ? Integer.MAX_VALUE : cost(before - x, level - y);
            int costAfter = behind == 0 ? Integer.MAX_VALUE : cost(after - x, level - y);
            if (Math.min(costBefore, costAfter) < least) {
                least = Math.min(costBefore, costAfter);
                best = level * LEVELS + (costBefore <= costAfter ? before : after);
            }
        }
        return best;
    }

    private static int cost(int first, int second) {
        return first + second + UNEVEN * Math.abs(first - second);
    }
}

package dev.drover.placement.search;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Nodes by how much of two resources they have left, in 64 x 64 cells of equal steps. The node whose rest is smallest and most even,
 * or the one that is left the least full, is found from a word of bits for each step, however many nodes there are; only nodes that a
 * further condition excludes are looked at one by one. Not safe for threads.
 */
public final class RoomIndex {
    private static final int NONE = -1;
    private static final int LEVELS = 64;
    /** So many nodes of one cell are compared, and more only as long as the best of them could be this many steps from the least full. */
    private static final int COMPARED = 64;

    private static final int NEAR = 2;

    private final int uneven;
    private final int mostFirst;
    private final int mostSecond;
    private final int firstStep;
    private final int secondStep;
    /** For each cell its first node; each node knows its neighbours in the cell. */
    private final int[] head = new int[LEVELS * LEVELS];

    private final int[] next;
    private final int[] previous;
    private final int[] cellOf;
    /** For each level of the second resource, the levels of the first at which there are nodes. */
    private final long[] rows = new long[LEVELS];
    /** The other way round. */
    private final long[] lines = new long[LEVELS];

    private final long[] rest = new long[LEVELS];

    /**
     * @param first the most that a node can have left of the first resource
     * @param second the same of the second
     * @param uneven how much more an uneven rest counts than a large one: what is left over of one resource alone is of little use
     */
    public RoomIndex(int nodes, int first, int second, int uneven) {
        this.uneven = uneven;
        mostFirst = Math.max(1, first);
        mostSecond = Math.max(1, second);
        firstStep = first / LEVELS + 1;
        secondStep = second / LEVELS + 1;
        next = new int[nodes];
        previous = new int[nodes];
        cellOf = new int[nodes];
        Arrays.fill(head, NONE);
        Arrays.fill(cellOf, NONE);
    }

    /** Says how much a node has left now, from 0 to the most; with less than 0 it is found no more. */
    public void put(int node, int first, int second) {
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
        lines[cell % LEVELS] |= 1L << cell / LEVELS;
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
            lines[cell % LEVELS] &= ~(1L << cell / LEVELS);
        }
    }

    /**
     * The node that a demand fills best: what it leaves of both together is the least, and the most even, to the step.
     *
     * @param fits whether the node may be it; asked of some nodes that lack less than a step, too
     * @return -1 where there is none
     */
    public int fullest(int first, int second, IntPredicate fits) {
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

    /** In a row the cost of a cell falls up to the one with an even rest, if that counts, and grows behind it: two cells can be the best. */
    private int bestCell(int x, int y) {
        int best = NONE;
        int least = Integer.MAX_VALUE;
        for (int level = y; level < LEVELS; level++) {
            long cells = rest[level] & -1L << x;
            if (cells == 0) {
                continue;
            }
            int even = Math.min(LEVELS - 1, x + level - y);
            long upToEven = uneven == 0 ? 0 : cells & -1L >>> (LEVELS - 1 - even);
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

    private int cost(int first, int second) {
        return first + second + uneven * Math.abs(first - second);
    }

    /**
     * The node that a demand leaves the least full. It is that of a look at all nodes, but where very many could be taken that are nearly
     * alike; then no other is left less full by more than two steps.
     *
     * @param first, second at least so much of what the index counts is taken of every node
     * @param mayBe asked of those only that would be better than the best so far
     * @param fullness of a node with the demand: 1 less the part of its most that is left then, of the resource of which less is left,
     *     or more than that
     * @return -1 where there is none
     */
    public int emptiest(int first, int second, IntPredicate mayBe, IntToDoubleFunction fullness) {
        int x = Math.min(LEVELS, first / firstStep);
        int y = Math.min(LEVELS, second / secondStep);
        Emptiest search = new Emptiest(mayBe, fullness);
        for (int left = LEVELS - 1 - Math.min(x, y); left >= -Math.max(x, y) && search.least >= bound(left); left--) {
            search.considerCells(left + x, left + y, bound(left - NEAR));
        }
        return search.best;
    }

    /** No node is less full that has less than one step more than so many left of one resource. */
    private double bound(int steps) {
        double first = (steps + 1.0) * firstStep / mostFirst;
        double second = (steps + 1.0) * secondStep / mostSecond;
        return 1 - Math.max(first, second);
    }

    private final class Emptiest {
        private final IntPredicate mayBe;
        private final IntToDoubleFunction fullness;
        private int best = NONE;
        private double least = Double.POSITIVE_INFINITY;

        Emptiest(IntPredicate mayBe, IntToDoubleFunction fullness) {
            this.mayBe = mayBe;
            this.fullness = fullness;
        }

        /** The cells that have just as much of one resource and at least as much of the other. */
        void considerCells(int x, int y, double near) {
            if (y >= 0 && y < LEVELS && x < LEVELS) {
                for (long cells = rows[y] & -1L << Math.max(0, x); cells != 0; cells &= cells - 1) {
                    consider(y * LEVELS + Long.numberOfTrailingZeros(cells), near);
                }
            }
            if (x >= 0 && x < LEVELS && y + 1 < LEVELS) {
                for (long cells = lines[x] & -1L << Math.max(0, y + 1); cells != 0; cells &= cells - 1) {
                    consider(Long.numberOfTrailingZeros(cells) * LEVELS + x, near);
                }
            }
        }

        private void consider(int cell, double near) {
            int compared = 0;
            for (int node = head[cell]; node != NONE && (compared < COMPARED || least > near); node = next[node]) {
                double value = fullness.applyAsDouble(node);
                if (value < least || value == least && node < best) {
                    if (mayBe.test(node)) {
                        least = value;
                        best = node;
                        compared++;
                    }
                } else if (best != NONE) {
                    compared++;
                }
            }
        }
    }
}

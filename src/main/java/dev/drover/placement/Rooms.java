package dev.drover.placement;

import dev.drover.placement.search.RoomIndex;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * The nodes by the room that they have, to find the best one for a start. To balance, that is the one that is left the least full; to
 * consolidate, the fullest node in use that stays below its target, else one that is not in use yet, else the one that is left
 * the least full. Not safe for threads.
 */
final class Rooms {
    /** CPU and memory, which pods request and the index is made of; what else counts is looked at node by node. */
    private static final int INDEXED = 2;

    /** In the index a share of a node is a number of such parts. */
    private static final int WHOLE = 1 << 20;

    /** So few nodes are all looked at. */
    private static final int FEW = 64;

    /** More than the rest of any node that could be filled. */
    private static final double NEXT_BEST = 1e6;

    private final Reservations held;
    private final Load load;
    private final BitSet nodes;
    private final boolean consolidates;
    private final int[] column = new int[INDEXED];
    private final long[] mostRoom = new long[INDEXED];
    private final long[] mostAllocatable = new long[INDEXED];
    private final RoomIndex all;
    private final RoomIndex inUse;
    private final RoomIndex unused;

    /** @param nodes indexes of those to choose from */
    Rooms(Reservations held, Load load, BitSet nodes, Goal goal) {
        this.held = held;
        this.load = load;
        this.nodes = nodes;
        consolidates = goal.consolidates();
        for (int kind = 0; kind < INDEXED; kind++) {
            column[kind] = Arrays.asList(held.sizes().names()).indexOf(Load.name(kind));
            for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
                mostAllocatable[kind] = Math.max(mostAllocatable[kind], load.allocatable(node, kind));
                mostRoom[kind] = Math.max(mostRoom[kind], column[kind] < 0 ? 0 : held.room(node, column[kind]));
            }
        }
        all = new RoomIndex(nodes.length(), WHOLE, WHOLE, 0);
        inUse = new RoomIndex(consolidates ? nodes.length() : 0, WHOLE, WHOLE, 0);
        unused = new RoomIndex(consolidates ? nodes.length() : 0, WHOLE, WHOLE, 0);
        nodes.stream().forEach(this::refresh);
    }

    /** Says that what is in use on a node has changed. */
    void refresh(int node) {
        if (!nodes.get(node)) {
            return;
        }
        all.put(node, left(node, 0), left(node, 1));
        if (consolidates) {
            RoomIndex present = load.isInUse(node) ? inUse : unused;
            present.put(node, parts(spare(node, 0)), parts(spare(node, 1)));
            (present == inUse ? unused : inUse).put(node, -1, -1);
        }
    }

    private int left(int node, int kind) {
        double share = Math.max(load.weight(kind) * load.share(node, kind), requested(node, kind));
        return Math.max(0, parts(1 - share));
    }

    private static int parts(double share) {
        return (int) Math.floor(Math.max(-1, share) * WHOLE);
    }

    /** The part of a node up to its target that is neither needed nor requested; of a kind that does not count, not requested. */
    private double spare(int node, int kind) {
        double needed = load.weight(kind) > 0 ? load.target(kind) - load.share(node, kind) : 1;
        return Math.min(needed, 1 - requested(node, kind));
    }

    private double requested(int node, int kind) {
        return column[kind] < 0 ? 0 : share(held.used(node, column[kind]), held.room(node, column[kind]));
    }

    private static double share(long amount, long room) {
        return room > 0 ? amount / (double) room : 0;
    }

    /** The share of each node that it takes at least. */
    private double takes(int vm, int kind) {
        double needed = load.weight(kind) * share(load.demand(vm, kind), mostAllocatable[kind]);
        return column[kind] < 0 ? needed : Math.min(needed, share(held.amount(vm, column[kind]), mostRoom[kind]));
    }

    /**
     * The best of these nodes, where all are looked at the first of equal ones; of more than a few, one of those that are as good to the
     * step of the index. -1 when there is none.
     */
    int best(int vm, BitSet candidates, IntPredicate admits) {
        if (candidates.cardinality() <= FEW) {
            return bestOfFew(vm, candidates, admits);
        }
        int first = parts(takes(vm, 0));
        int second = parts(takes(vm, 1));
        IntPredicate mayBe = node -> candidates.get(node) && admits.test(node);
        if (consolidates) {
            IntPredicate fits = node -> mayBe.test(node) && isServed(vm, node);
            int node = inUse.fullest(first, second, fits);
            node = node < 0 ? unused.fullest(first, second, fits) : node;
            if (node >= 0) {
                return node;
            }
        }
        return all.emptiest(first, second, mayBe, node -> fullness(vm, node));
    }

    private int bestOfFew(int vm, BitSet candidates, IntPredicate admits) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int node = candidates.nextSetBit(0); node >= 0; node = candidates.nextSetBit(node + 1)) {
            double value = value(vm, node);
            if (value < least && admits.test(node)) {
                least = value;
                best = node;
            }
        }
        return best;
    }

    /** The less, the better is a node for the start. */
    double value(int vm, int node) {
        if (!consolidates) {
            return fullness(vm, node);
        }
        if (!isServed(vm, node)) {
            return 2 * NEXT_BEST + fullness(vm, node);
        }
        return (load.isInUse(node) ? 0 : NEXT_BEST) + rest(vm, node, 0) + rest(vm, node, 1);
    }

    private double rest(int vm, int node, int kind) {
        double needed = load.weight(kind) > 0 ? load.target(kind) - load.shareWith(vm, node, kind) : 1;
        if (column[kind] < 0) {
            return needed;
        }
        long requested = held.used(node, column[kind]) + held.amount(vm, column[kind]);
        return Math.min(needed, 1 - share(requested, held.room(node, column[kind])));
    }

    /** Whether the node stays below its target with the start. */
    private boolean isServed(int vm, int node) {
        for (int kind = 0; kind < load.kinds(); kind++) {
            if (load.weight(kind) > 0 && load.shareWith(vm, node, kind) > load.target(kind)) {
                return false;
            }
        }
        return true;
    }

    /** How full a node is at its fullest with the start on it: by need and by requests, 1 being full. */
    double fullness(int vm, int node) {
        double requested = Math.max(requested(node, 0), requested(node, 1));
        return Math.max(load.pressure(vm, node), Math.max(requested, held.fullness(vm, node)));
    }
}

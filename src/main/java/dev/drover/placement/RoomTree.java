package dev.drover.placement;

import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds the node that a start leaves the least full, without looking at most of them. The nodes are the leaves of a balanced tree, near
 * each other when they are equally full and have as much left (a k-d tree; Bentley, CACM 1975). Of each subtree it knows the least in use,
 * the most room and the most left of each resource, so a subtree that is too full, or can be no better than the best so far, is passed
 * over (branch and bound). The answer is that of a look at all nodes. A change of one node costs O(log nodes). Not safe for threads.
 */
final class RoomTree {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int NODES_OF_LEAF = 4;
    /** Less than any rounding can take from a bound that is a sum of quotients. */
    private static final double ROUNDED_DOWN = 1 - 1e-12;
    /** So finely are values told apart when nodes are sorted. */
    private static final double STEPS = 1 << 30;

    private final Reservations held;
    private final Load load;
    private final int columns;
    /** Columns of what is measured: kinds of load first, then resources that are requested. */
    private final int measures;

    private final int leaves;
    private final int[] order;
    private final int[] positionOf;
    private final int[] firstNode;
    private final long[] leastUsed;
    private final double[] leastShare;
    private final double[] mostRoom;
    private final long[] mostLeft;
    /** The positions of the nodes in each set that was asked for: equal sets are one object. */
    private final Map<BitSet, BitSet> positions = new IdentityHashMap<>();

    private int vm;
    private BitSet among = new BitSet();
    private IntPredicate admits = node -> false;
    private int best;
    private double least;
    private int wanted;

    /** @param nodes indexes of those to choose from */
    RoomTree(Reservations held, Load load, BitSet nodes) {
        this.held = held;
        this.load = load;
        columns = held.columns();
        measures = Load.KINDS + columns;
        order = nodes.stream().toArray();
        leaves = Integer.highestOneBit(Math.max(1, (order.length - 1) / NODES_OF_LEAF)) * 2;
        sort(0, leaves);
        positionOf = new int[nodes.length()];
        Arrays.fill(positionOf, -1);
        for (int position = 0; position < order.length; position++) {
            positionOf[order[position]] = position;
        }
        firstNode = new int[2 * leaves];
        leastUsed = new long[2 * leaves * measures];
        leastShare = new double[leastUsed.length];
        mostRoom = new double[leastUsed.length];
        mostLeft = new long[2 * leaves * columns];
        for (int subtree = 2 * leaves - 1; subtree > 0; subtree--) {
            sum(subtree);
        }
    }

    private int start(int leaf) {
        return (int) ((long) leaf * order.length / leaves);
    }

    /** Sorts the nodes of these leaves into two halves by the measure in which they differ most, and so on. */
    private void sort(int from, int to) {
        int begin = start(from);
        int end = start(to);
        if (to - from < 2 || end - begin < 2) {
            return;
        }
        int widest = -1;
        double width = 0;
        double highest = 0;
        for (int measure = 0; measure < measures + columns; measure++) {
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (int position = begin; position < end; position++) {
                double value = value(order[position], measure);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            double difference = (high - low) / Math.max(1, high);
            if (difference > width) {
                width = difference;
                widest = measure;
                highest = high;
            }
        }
        if (widest >= 0) {
            sortBy(widest, highest, begin, end);
        }
        int middle = (from + to) / 2;
        sort(from, middle);
        sort(middle, to);
    }

    private void sortBy(int measure, double highest, int begin, int end) {
        long[] keys = new long[end - begin];
        for (int position = begin; position < end; position++) {
            long step = (long) (value(order[position], measure) / highest * STEPS);
            keys[position - begin] = step << Integer.SIZE | order[position];
        }
        Arrays.sort(keys);
        for (int position = begin; position < end; position++) {
            order[position] = (int) keys[position - begin];
        }
    }

    /** A share in use, or, for the last columns, an amount that is left. */
    private double value(int node, int measure) {
        return measure < measures ? share(node, measure) : Math.max(0, held.left(node, measure - measures));
    }

    private long used(int node, int measure) {
        return measure < Load.KINDS ? load.use(node, measure) : held.used(node, measure - Load.KINDS);
    }

    private long room(int node, int measure) {
        return measure < Load.KINDS ? load.allocatable(node, measure) : held.room(node, measure - Load.KINDS);
    }

    private double share(int node, int measure) {
        long room = room(node, measure);
        return room > 0 ? used(node, measure) / (double) room : 0;
    }

    /** Says that what is in use on a node has changed. */
    void refresh(int node) {
        if (node >= positionOf.length || positionOf[node] < 0) {
            return;
        }
        int leaf = (int) ((long) positionOf[node] * leaves / order.length);
        while (start(leaf + 1) <= positionOf[node]) {
            leaf++;
        }
        for (int subtree = leaves + leaf; subtree > 0; subtree /= 2) {
            sum(subtree);
        }
    }

    private void sum(int subtree) {
        firstNode[subtree] = NONE;
        Arrays.fill(leastUsed, subtree * measures, (subtree + 1) * measures, Long.MAX_VALUE);
        Arrays.fill(leastShare, subtree * measures, (subtree + 1) * measures, Double.POSITIVE_INFINITY);
        Arrays.fill(mostRoom, subtree * measures, (subtree + 1) * measures, 0);
        Arrays.fill(mostLeft, subtree * columns, (subtree + 1) * columns, Long.MIN_VALUE);
        if (subtree >= leaves) {
            for (int position = start(subtree - leaves); position < start(subtree - leaves + 1); position++) {
                addNode(subtree, order[position]);
            }
        } else {
            addSubtree(subtree, 2 * subtree);
            addSubtree(subtree, 2 * subtree + 1);
        }
    }

    /** A node without room says nothing about what a start makes of it: its bound is 0. */
    private void addNode(int subtree, int node) {
        firstNode[subtree] = Math.min(firstNode[subtree], node);
        for (int measure = 0; measure < measures; measure++) {
            long room = room(node, measure);
            int at = subtree * measures + measure;
            leastUsed[at] = Math.min(leastUsed[at], room > 0 ? used(node, measure) : 0);
            leastShare[at] = Math.min(leastShare[at], share(node, measure));
            mostRoom[at] = Math.max(mostRoom[at], room > 0 ? room : Double.POSITIVE_INFINITY);
        }
        for (int column = 0; column < columns; column++) {
            int at = subtree * columns + column;
            mostLeft[at] = Math.max(mostLeft[at], held.left(node, column));
        }
    }

    private void addSubtree(int subtree, int part) {
        firstNode[subtree] = Math.min(firstNode[subtree], firstNode[part]);
        for (int measure = 0; measure < measures; measure++) {
            int at = subtree * measures + measure;
            int from = part * measures + measure;
            leastUsed[at] = Math.min(leastUsed[at], leastUsed[from]);
            leastShare[at] = Math.min(leastShare[at], leastShare[from]);
            mostRoom[at] = Math.max(mostRoom[at], mostRoom[from]);
        }
        for (int column = 0; column < columns; column++) {
            int at = subtree * columns + column;
            mostLeft[at] = Math.max(mostLeft[at], mostLeft[part * columns + column]);
        }
    }

    /**
     * The node that is left the least full by the start, of equal ones the first; -1 when there is none.
     *
     * @param nodes those that it may enter; the same object for the same set
     * @param admits the rules and whatever else decides about a node; asked of few
     */
    int best(int vm, BitSet nodes, IntPredicate admits) {
        begin(vm, nodes, admits);
        best = -1;
        least = Double.POSITIVE_INFINITY;
        if (couldBeBest(1, bound(1))) {
            search(1, 0, leaves);
        }
        return best;
    }

    /** How many nodes admit it, counted up to {@code limit}. */
    int count(int vm, BitSet nodes, IntPredicate admits, int limit) {
        begin(vm, nodes, admits);
        wanted = limit;
        count(1, 0, leaves);
        return limit - wanted;
    }

    private void begin(int vm, BitSet nodes, IntPredicate admits) {
        this.vm = vm;
        this.admits = admits;
        among = positions.computeIfAbsent(nodes, this::positionsOf);
    }

    private BitSet positionsOf(BitSet nodes) {
        BitSet set = new BitSet(order.length);
        for (int position = 0; position < order.length; position++) {
            set.set(position, nodes.get(order[position]));
        }
        return set;
    }

    private void search(int subtree, int from, int to) {
        int first = among.nextSetBit(start(from));
        if (first < 0 || first >= start(to)) {
            return;
        }
        if (subtree >= leaves) {
            for (int position = first; position >= 0 && position < start(to); ) {
                consider(order[position]);
                position = among.nextSetBit(position + 1);
            }
            return;
        }
        double left = bound(2 * subtree);
        double right = bound(2 * subtree + 1);
        boolean leftFirst = left < right || left == right && firstNode[2 * subtree] < firstNode[2 * subtree + 1];
        for (int step = 0; step < 2; step++) {
            boolean toLeft = leftFirst == (step == 0);
            int part = toLeft ? 2 * subtree : 2 * subtree + 1;
            int middle = (from + to) / 2;
            if (couldBeBest(part, toLeft ? left : right)) {
                search(part, toLeft ? from : middle, toLeft ? middle : to);
            }
        }
    }

    private void consider(int node) {
        double fullness = fullness(vm, node);
        if ((fullness < least || fullness == least && node < best) && admits.test(node)) {
            least = fullness;
            best = node;
        }
    }

    private boolean couldBeBest(int subtree, double bound) {
        return bound < least || bound == least && bound < Double.POSITIVE_INFINITY && firstNode[subtree] < best;
    }

    private void count(int subtree, int from, int to) {
        int first = among.nextSetBit(start(from));
        if (wanted == 0 || first < 0 || first >= start(to) || bound(subtree) == Double.POSITIVE_INFINITY) {
            return;
        }
        if (subtree < leaves) {
            count(2 * subtree, from, (from + to) / 2);
            count(2 * subtree + 1, (from + to) / 2, to);
            return;
        }
        for (int position = first; position >= 0 && position < start(to) && wanted > 0; ) {
            wanted -= admits.test(order[position]) ? 1 : 0;
            position = among.nextSetBit(position + 1);
        }
    }

    /** How full a node is at its fullest with the start on it: by need and by requests, 1 being full. */
    double fullness(int vm, int node) {
        return Math.max(load.pressure(vm, node), held.fullness(vm, node));
    }

    /** No node of the subtree can be left less full; infinite when none has the room. */
    private double bound(int subtree) {
        if (firstNode[subtree] == NONE) {
            return Double.POSITIVE_INFINITY;
        }
        double bound = 0;
        for (int column = 0; column < columns; column++) {
            long amount = held.amount(vm, column);
            if (amount > mostLeft[subtree * columns + column] && amount > 0) {
                return Double.POSITIVE_INFINITY;
            }
            if (amount > 0) {
                bound = Math.max(bound, bound(subtree * measures + Load.KINDS + column, amount));
            }
        }
        for (int kind = 0; kind < Load.KINDS; kind++) {
            bound = Math.max(bound, load.weight(kind) * bound(subtree * measures + kind, load.demand(vm, kind)));
        }
        return bound;
    }

    /** The first quotient is exact where nodes are alike, the second is close where they are not. */
    private double bound(int at, long amount) {
        double alike = (leastUsed[at] + amount) / mostRoom[at];
        double unlike = (leastShare[at] + amount / mostRoom[at]) * ROUNDED_DOWN;
        return Math.max(alike, unlike);
    }
}

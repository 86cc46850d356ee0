package dev.drover.placement.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Gives nodes to virtual machines that start, one after another. Those that must be together are a gang: with the first of them all
 * get room, or none. Not safe for threads.
 */
public final class Starts {
    /** In place of a node: there is none. */
    public static final int NOWHERE = Problem.NOWHERE;

    /** So much rather nodes are filled to an even rest than as far as possible. */
    private static final int UNEVEN = 4;

    private final Nodes nodes;
    private final int[] free;
    private final RoomIndex all;
    private final RoomIndex[] ofPool;
    /** For each resource the capacity of all nodes; for each pool its room, as the sum of parts of those. */
    private final double[] total;

    private final double[] roomOf;
    private final Map<Integer, BitSet> apart = new HashMap<>();
    private final Map<Integer, Gang> gangs = new HashMap<>();

    /**
     * @param resources how many; the first two decide which node is best, the others only whether it fits
     * @param capacity nodes x resources, not negative
     * @param poolOf for each node its pool, from 0
     */
    public record Nodes(int resources, int[] capacity, int[] poolOf) {
        int count() {
            return poolOf.length;
        }

        int most(int resource) {
            int most = 0;
            for (int i = resource; i < capacity.length; i += resources) {
                most = Math.max(most, capacity[i]);
            }
            return most;
        }
    }

    /**
     * @param demand for each resource, not negative
     * @param pool the only pool whose nodes may be used, or {@link #ANY}
     * @param apart two of one such group are never on one node; {@link #ANY} for none
     * @param together all of one such group are on one node; {@link #ANY} for none
     */
    public record Request(int[] demand, int pool, int apart, int together) {
        public static final int ANY = -1;
    }

    /** All members of a group that must be together, as one. */
    private static final class Gang {
        final int[] demand;
        final BitSet pools = new BitSet();
        final List<Integer> apart = new ArrayList<>();
        int node = NOWHERE;
        boolean isImpossible;

        Gang(int resources) {
            demand = new int[resources];
        }
    }

    /** @param announced all that are known to start, so that a gang is known with the first of its members */
    public Starts(Nodes nodes, List<Request> announced) {
        this.nodes = nodes;
        free = nodes.capacity().clone();
        all = index();
        ofPool = new RoomIndex[Arrays.stream(nodes.poolOf()).max().orElse(-1) + 1];
        Arrays.setAll(ofPool, pool -> index());
        total = new double[nodes.resources()];
        for (int i = 0; i < free.length; i++) {
            total[i % total.length] += Math.max(Double.MIN_NORMAL, free[i]);
        }
        roomOf = new double[ofPool.length];
        for (int i = 0; i < free.length; i++) {
            roomOf[nodes.poolOf()[i / total.length]] += free[i] / total[i % total.length];
        }
        for (int node = 0; node < nodes.count(); node++) {
            note(node);
        }
        announced.stream().filter(request -> request.together() != Request.ANY).forEach(this::join);
    }

    private RoomIndex index() {
        return new RoomIndex(nodes.count(), nodes.most(0), nodes.most(1), UNEVEN);
    }

    private void join(Request request) {
        Gang gang = gangs.computeIfAbsent(request.together(), group -> new Gang(nodes.resources()));
        for (int r = 0; r < gang.demand.length; r++) {
            gang.demand[r] = (int) Math.min(Integer.MAX_VALUE, (long) gang.demand[r] + request.demand()[r]);
        }
        if (request.pool() != Request.ANY) {
            gang.pools.set(request.pool());
        }
        if (request.apart() != Request.ANY) {
            gang.isImpossible |= gang.apart.contains(request.apart());
            gang.apart.add(request.apart());
        }
        gang.isImpossible |= gang.pools.cardinality() > 1;
    }

    /** Whether its gang contradicts itself, so that no node could ever take it: in two pools, or apart and together. */
    public boolean isImpossible(Request request) {
        return request.together() != Request.ANY && gangs.get(request.together()).isImpossible;
    }

    /**
     * The node for a virtual machine, which holds its room from now on; {@link #NOWHERE} where none fits, and nothing is held.
     *
     * @param request one of the announced where it is of a gang
     */
    public int place(Request request) {
        if (request.together() == Request.ANY) {
            List<Integer> groups = request.apart() == Request.ANY ? List.of() : List.of(request.apart());
            return take(request.demand(), request.pool(), groups);
        }
        Gang gang = gangs.get(request.together());
        if (gang.node == NOWHERE && !gang.isImpossible) {
            gang.node = take(gang.demand, gang.pools.isEmpty() ? Request.ANY : gang.pools.nextSetBit(0), gang.apart);
        }
        return gang.node;
    }

    private int take(int[] demand, int pool, List<Integer> groups) {
        int node = find(demand, pool, groups);
        if (node == NOWHERE) {
            return NOWHERE;
        }
        for (int r = 0; r < demand.length; r++) {
            free[node * demand.length + r] -= demand[r];
            roomOf[nodes.poolOf()[node]] -= demand[r] / total[r];
        }
        note(node);
        groups.forEach(group -> apart.computeIfAbsent(group, g -> new BitSet()).set(node));
        return node;
    }

    private int find(int[] demand, int pool, List<Integer> groups) {
        IntPredicate mayTake = candidate -> fits(demand, candidate) && isFreeOf(groups, candidate);
        if (pool >= ofPool.length) {
            return NOWHERE;
        }
        if (pool != Request.ANY) {
            return ofPool[pool].fullest(demand[0], demand[1], mayTake);
        }
        int node = ofPool[roomiestPool()].fullest(demand[0], demand[1], mayTake);
        return node == NOWHERE ? all.fullest(demand[0], demand[1], mayTake) : node;
    }

    /** What may go anywhere goes there, so that those that may not find room in their pool as long as there is any. */
    private int roomiestPool() {
        int roomiest = 0;
        for (int pool = 1; pool < roomOf.length; pool++) {
            if (roomOf[pool] > roomOf[roomiest]) {
                roomiest = pool;
            }
        }
        return roomiest;
    }

    private boolean fits(int[] demand, int node) {
        for (int r = 0; r < demand.length; r++) {
            if (demand[r] > free[node * demand.length + r]) {
                return false;
            }
        }
        return true;
    }

    private boolean isFreeOf(List<Integer> groups, int node) {
        for (int group : groups) {
            BitSet taken = apart.get(group);
            if (taken != null && taken.get(node)) {
                return false;
            }
        }
        return true;
    }

    private void note(int node) {
        int first = free[node * nodes.resources()];
        int second = free[node * nodes.resources() + 1];
        all.put(node, first, second);
        ofPool[nodes.poolOf()[node]].put(node, first, second);
    }
}

package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What the virtual machines need of each node's CPU and memory, and, where these weigh anything, of its network and disks; each counted
 * once, where it will be at rest. Not safe for threads.
 *
 * <p>The pressure of a node is the largest of its weighted shares in use, 1 when it is full. A node that does not say what its network or
 * its disks carry has no share of them.
 */
final class Load {
    private static final String[] NAMES = {Resources.CPU, Resources.MEMORY, Resources.NETWORK, Resources.DISK_IO};

    /** CPU and memory, which every node has. */
    private static final int ON_EVERY_NODE = 2;

    private final int kinds;
    private final long[] demand;
    private final long[] use;
    private final long[] allocatable;
    private final double[] average;
    private final double[] weight;
    private final double[] target;
    private final BitSet scope;
    private final BitSet open;
    private final int openNodes;
    private final int[] guests;
    private int nodesInUse;
    private double contention;
    private double sum;
    private double squares;

    /**
     * @param scope the nodes whose contention counts
     * @param open those of them between which load can be evened out
     */
    Load(Cluster cluster, Sizes sizes, Goal goal, BitSet scope, BitSet open) {
        this.scope = scope;
        this.open = open;
        openNodes = open.cardinality();
        kinds = goal.throughput().weighs() ? NAMES.length : ON_EVERY_NODE;
        average = new double[kinds];
        weight = weights(goal, kinds);
        target = targets(goal, kinds);
        demand = new long[cluster.vms().size() * kinds];
        use = new long[cluster.nodes().size() * kinds];
        allocatable = new long[cluster.nodes().size() * kinds];
        guests = new int[cluster.nodes().size()];
        readNodes(cluster);
        readVms(cluster);
        readRest(cluster, sizes);
        for (int vm = 0; vm < sizes.home().length; vm++) {
            place(vm, sizes.bound()[vm], 1);
        }
        for (int node = 0; node < cluster.nodes().size(); node++) {
            count(node, 1);
        }
    }

    /** By kind, the heaviest being 1. */
    private static double[] weights(Goal goal, int kinds) {
        double[] stated = {
            goal.cpuWeight(),
            goal.memoryWeight(),
            goal.throughput().networkWeight(),
            goal.throughput().diskIoWeight()
        };
        double heaviest = Arrays.stream(stated).max().orElseThrow();
        return Arrays.stream(stated, 0, kinds)
                .map(weight -> heaviest > 0 ? weight / heaviest : 1)
                .toArray();
    }

    private static double[] targets(Goal goal, int kinds) {
        double[] stated = {
            goal.cpuTarget(),
            goal.memoryTarget(),
            goal.throughput().networkTarget(),
            goal.throughput().diskIoTarget()
        };
        return Arrays.copyOf(stated, kinds);
    }

    private void readNodes(Cluster cluster) {
        int[] having = new int[kinds];
        for (int node = 0; node < cluster.nodes().size(); node++) {
            for (int kind = 0; kind < kinds; kind++) {
                long amount = cluster.nodes().get(node).allocatable().get(NAMES[kind]);
                allocatable[node * kinds + kind] = Math.max(0, amount);
                having[kind] += scope.get(node) && isScored(node, kind) ? 1 : 0;
            }
        }
        for (int node = scope.nextSetBit(0); node >= 0; node = scope.nextSetBit(node + 1)) {
            for (int kind = 0; kind < kinds; kind++) {
                average[kind] += isScored(node, kind) ? allocatable[node * kinds + kind] / (double) having[kind] : 0;
            }
        }
    }

    /** Whether a node says how much of this kind it has. */
    boolean isScored(int node, int kind) {
        return kind < ON_EVERY_NODE || allocatable[node * kinds + kind] > 0;
    }

    int kinds() {
        return kinds;
    }

    private void readVms(Cluster cluster) {
        for (int index = 0; index < cluster.vms().size(); index++) {
            Vm vm = cluster.vms().get(index);
            for (int kind = 0; kind < kinds; kind++) {
                demand[index * kinds + kind] = Math.max(0, vm.demand().amount().get(NAMES[kind]));
            }
        }
    }

    /** What a node uses beside the virtual machines: measured, or else what its other pods request. */
    private void readRest(Cluster cluster, Sizes sizes) {
        Map<String, Resources> requested = new HashMap<>();
        for (Pod pod : sizes.fixedPods()) {
            requested.merge(pod.node(), pod.requests(), Resources::plus);
        }
        for (int index = 0; index < cluster.nodes().size(); index++) {
            Node node = cluster.nodes().get(index);
            Resources others = requested.getOrDefault(node.name(), Resources.NONE);
            for (int kind = 0; kind < kinds; kind++) {
                int at = index * kinds + kind;
                use[at] = (node.otherUsage() == null ? others : node.otherUsage()).get(NAMES[kind]);
            }
        }
    }

    /** Takes a virtual machine from one node to another; -1 is nowhere. */
    void move(int vm, int from, int to) {
        if (from >= 0) {
            count(from, -1);
            place(vm, from, -1);
            count(from, 1);
        }
        if (to >= 0) {
            count(to, -1);
            place(vm, to, 1);
            count(to, 1);
        }
    }

    private void place(int vm, int node, int by) {
        if (node >= 0) {
            nodesInUse -= isInUse(node) ? 1 : 0;
            guests[node] += by;
            nodesInUse += isInUse(node) ? 1 : 0;
        }
        for (int kind = 0; kind < kinds && node >= 0; kind++) {
            use[node * kinds + kind] += by * demand[vm * kinds + kind];
        }
    }

    /** Whether a virtual machine is on this node, which is of those that count. */
    boolean isInUse(int node) {
        return scope.get(node) && guests[node] > 0;
    }

    int nodesInUse() {
        return nodesInUse;
    }

    /** How many average nodes would do, at the target, if everything could be divided. */
    int nodesNeeded() {
        double most = nodesInUse > 0 ? 1 : 0;
        for (int kind = 0; kind < kinds; kind++) {
            double needed = 0;
            for (int node = scope.nextSetBit(0); node >= 0; node = scope.nextSetBit(node + 1)) {
                needed += isInUse(node) && isScored(node, kind) ? use[node * kinds + kind] : 0;
            }
            if (weight[kind] > 0 && average[kind] > 0) {
                most = Math.max(most, needed / (target[kind] * average[kind]));
            }
        }
        return (int) Math.ceil(most - Cost.ROUNDING);
    }

    private void count(int node, int by) {
        if (scope.get(node)) {
            contention += by * excess(node);
        }
        if (open.get(node)) {
            double pressure = pressure(node);
            sum += by * pressure;
            squares += by * pressure * pressure;
        }
    }

    /** Demand above the target, and once more what is above allocatable, in units of one average node. */
    double excess(int node) {
        double excess = 0;
        for (int kind = 0; kind < kinds; kind++) {
            double used = use[node * kinds + kind];
            double room = allocatable[node * kinds + kind];
            if (weight[kind] > 0 && average[kind] > 0 && isScored(node, kind)) {
                excess += (Math.max(0, used - target[kind] * room) + Math.max(0, used - room)) / average[kind];
            }
        }
        return excess;
    }

    double pressure(int node) {
        double most = 0;
        for (int kind = 0; kind < kinds; kind++) {
            most = Math.max(most, weight[kind] * share(node, kind));
        }
        return most;
    }

    /** The pressure of a node once it had to serve this virtual machine as well. */
    double pressure(int vm, int node) {
        double most = 0;
        for (int kind = 0; kind < kinds; kind++) {
            most = Math.max(most, weight[kind] * shareWith(vm, node, kind));
        }
        return most;
    }

    /** Use over allocatable of one kind; a node without CPU or memory counts as full as soon as something uses it. */
    double share(int node, int kind) {
        return share(node, kind, 0);
    }

    /** The same once the node had to serve this virtual machine as well. */
    double shareWith(int vm, int node, int kind) {
        return share(node, kind, demand[vm * kinds + kind]);
    }

    private double share(int node, int kind, long more) {
        long room = allocatable[node * kinds + kind];
        long used = use[node * kinds + kind] + more;
        return room > 0 ? used / (double) room : used > 0 && kind < ON_EVERY_NODE ? 1 : 0;
    }

    long demand(int vm, int kind) {
        return demand[vm * kinds + kind];
    }

    long use(int node, int kind) {
        return use[node * kinds + kind];
    }

    long allocatable(int node, int kind) {
        return allocatable[node * kinds + kind];
    }

    double weight(int kind) {
        return weight[kind];
    }

    /** The share of an average node that a virtual machine needs, by its larger kind. */
    double need(int vm) {
        double share = 0;
        for (int kind = 0; kind < kinds; kind++) {
            if (average[kind] > 0) {
                share = Math.max(share, weight[kind] * demand[vm * kinds + kind] / average[kind]);
            }
        }
        return share;
    }

    /** The kind that is furthest above its target, or, if none is, the one that makes the pressure. */
    int worstKind(int node) {
        int furthest = 0;
        int heaviest = 0;
        double above = 0;
        for (int kind = 0; kind < kinds; kind++) {
            double over = weight[kind] > 0 ? share(node, kind) - target[kind] : 0;
            furthest = over > above ? kind : furthest;
            above = Math.max(above, over);
            heaviest = weight[kind] * share(node, kind) > weight[heaviest] * share(node, heaviest) ? kind : heaviest;
        }
        return above > 0 ? furthest : heaviest;
    }

    static String name(int kind) {
        return NAMES[kind];
    }

    double target(int kind) {
        return target[kind];
    }

    /** Allocatable of the average node. */
    double average(int kind) {
        return average[kind];
    }

    BitSet scope() {
        return scope;
    }

    /** The nodes between which load can be evened out. */
    BitSet open() {
        return open;
    }

    int openNodes() {
        return openNodes;
    }

    double contention() {
        return contention < Cost.ROUNDING ? 0 : contention;
    }

    double mean() {
        return openNodes == 0 ? 0 : sum / openNodes;
    }

    /** The standard deviation of the pressure over the open nodes. */
    double spread() {
        double mean = mean();
        return openNodes == 0 ? 0 : Math.sqrt(Math.max(0, squares / openNodes - mean * mean));
    }
}

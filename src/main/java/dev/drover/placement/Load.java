package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What the virtual machines need of each node's CPU and memory, each counted once, where it will be at rest. Not safe for threads.
 *
 * <p>The pressure of a node is the larger of its weighted shares of CPU and memory in use, 1 when it is full.
 */
final class Load {
    static final int KINDS = 2;
    private static final String[] NAMES = {Resources.CPU, Resources.MEMORY};

    private final long[] demand;
    private final long[] use;
    private final long[] allocatable;
    private final double[] average = new double[KINDS];
    private final double[] weight = new double[KINDS];
    private final double[] target = new double[KINDS];
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
        double heaviest = Math.max(goal.cpuWeight(), goal.memoryWeight());
        weight[0] = heaviest > 0 ? goal.cpuWeight() / heaviest : 1;
        weight[1] = heaviest > 0 ? goal.memoryWeight() / heaviest : 1;
        target[0] = goal.cpuTarget();
        target[1] = goal.memoryTarget();
        demand = new long[cluster.vms().size() * KINDS];
        use = new long[cluster.nodes().size() * KINDS];
        allocatable = new long[cluster.nodes().size() * KINDS];
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

    private void readNodes(Cluster cluster) {
        for (int node = 0; node < cluster.nodes().size(); node++) {
            for (int kind = 0; kind < KINDS; kind++) {
                long amount = cluster.nodes().get(node).allocatable().get(NAMES[kind]);
                allocatable[node * KINDS + kind] = Math.max(0, amount);
                if (scope.get(node)) {
                    average[kind] += Math.max(0, amount) / (double) scope.cardinality();
                }
            }
        }
    }

    private void readVms(Cluster cluster) {
        for (int index = 0; index < cluster.vms().size(); index++) {
            Vm vm = cluster.vms().get(index);
            for (int kind = 0; kind < KINDS; kind++) {
                demand[index * KINDS + kind] = Math.max(0, vm.demand().amount().get(NAMES[kind]));
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
            for (int kind = 0; kind < KINDS; kind++) {
                int at = index * KINDS + kind;
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
        for (int kind = 0; kind < KINDS && node >= 0; kind++) {
            use[node * KINDS + kind] += by * demand[vm * KINDS + kind];
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
        for (int kind = 0; kind < KINDS; kind++) {
            double needed = 0;
            for (int node = scope.nextSetBit(0); node >= 0; node = scope.nextSetBit(node + 1)) {
                needed += isInUse(node) ? use[node * KINDS + kind] : 0;
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
        for (int kind = 0; kind < KINDS; kind++) {
            double used = use[node * KINDS + kind];
            double room = allocatable[node * KINDS + kind];
            if (weight[kind] > 0 && average[kind] > 0) {
                excess += (Math.max(0, used - target[kind] * room) + Math.max(0, used - room)) / average[kind];
            }
        }
        return excess;
    }

    double pressure(int node) {
        return Math.max(weight[0] * share(node, 0), weight[1] * share(node, 1));
    }

    /** The pressure of a node once it had to serve this virtual machine as well. */
    double pressure(int vm, int node) {
        return Math.max(weight[0] * shareWith(vm, node, 0), weight[1] * shareWith(vm, node, 1));
    }

    /** Use over allocatable of one kind; a node without any counts as full as soon as something uses it. */
    double share(int node, int kind) {
        return share(node, kind, 0);
    }

    /** The same once the node had to serve this virtual machine as well. */
    double shareWith(int vm, int node, int kind) {
        return share(node, kind, demand[vm * KINDS + kind]);
    }

    private double share(int node, int kind, long more) {
        long room = allocatable[node * KINDS + kind];
        long used = use[node * KINDS + kind] + more;
        return room > 0 ? used / (double) room : used > 0 ? 1 : 0;
    }

    long demand(int vm, int kind) {
        return demand[vm * KINDS + kind];
    }

    long use(int node, int kind) {
        return use[node * KINDS + kind];
    }

    long allocatable(int node, int kind) {
        return allocatable[node * KINDS + kind];
    }

    double weight(int kind) {
        return weight[kind];
    }

    /** The share of an average node that a virtual machine needs, by its larger kind. */
    double need(int vm) {
        double share = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            if (average[kind] > 0) {
                share = Math.max(share, weight[kind] * demand[vm * KINDS + kind] / average[kind]);
            }
        }
        return share;
    }

    /** The kind that is furthest above its target, or, if none is, the one that makes the pressure. */
    int worstKind(int node) {
        double cpu = share(node, 0) - target[0];
        double memory = share(node, 1) - target[1];
        if (Math.max(weight[0] > 0 ? cpu : -1, weight[1] > 0 ? memory : -1) > 0) {
            return weight[1] > 0 && (memory > cpu || weight[0] == 0) ? 1 : 0;
        }
        return weight[1] * share(node, 1) > weight[0] * share(node, 0) ? 1 : 0;
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

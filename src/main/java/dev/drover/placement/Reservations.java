package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import java.util.Arrays;

/**
 * What every copy of every virtual machine holds: the requests of its launcher pod on its node, and its part in each rule. A
 * virtual machine that moves has two copies and holds both nodes. Starts from what the cluster shows, migrations in flight
 * included. Indexes are those of the cluster. Costs O(resources + rules of the virtual machine) a call. Not safe for threads.
 */
public final class Reservations {
    private final Cluster cluster;
    private final CompiledRules rules;
    private final Sizes sizes;
    private final long[] requests;
    private final long[] used;
    private final int[] from;
    private final int[] to;
    private final RuleCounters counters;

    public Reservations(Cluster cluster, CompiledRules rules) {
        this(cluster, rules, Sizes.of(cluster));
    }

    Reservations(Cluster cluster, CompiledRules rules, Sizes sizes) {
        this.cluster = cluster;
        this.rules = rules;
        this.sizes = sizes;
        requests = sizes.request().clone();
        used = new long[sizes.room().length];
        from = new int[cluster.vms().size()];
        to = new int[cluster.vms().size()];
        counters = RuleCounters.of(rules, cluster.vms().size());
        for (int vm = 0; vm < from.length; vm++) {
            from[vm] = -1;
            to[vm] = -1;
            set(vm, sizes.home()[vm], sizes.bound()[vm]);
        }
        counters.begin();
    }

    /** The node of the copy that runs, -1 before it starts. */
    public int node(int vm) {
        return from[vm];
    }

    /** The node of the copy that will run; equal to {@link #node} while it rests. */
    public int target(int vm) {
        return to[vm];
    }

    /** Puts the copies of a virtual machine on these two nodes: equal when it rests, -1 both when it does not run. */
    public void set(int vm, int node, int target) {
        if (from[vm] >= 0) {
            counters.remove(vm, from[vm], to[vm]);
            occupy(vm, from[vm], -1);
            if (to[vm] != from[vm]) {
                occupy(vm, to[vm], -1);
            }
        }
        from[vm] = node;
        to[vm] = target;
        if (node >= 0) {
            counters.add(vm, node, target);
            occupy(vm, node, 1);
            if (target != node) {
                occupy(vm, target, 1);
            }
        }
    }

    private void occupy(int vm, int node, int by) {
        int columns = sizes.columns();
        for (int column = 0; column < columns; column++) {
            used[node * columns + column] += by * requests[vm * columns + column];
        }
    }

    /** What the launcher pod of a virtual machine requests, by column. */
    long[] requests(int vm) {
        return Arrays.copyOfRange(requests, vm * columns(), (vm + 1) * columns());
    }

    /** Says what the next launcher pod of a virtual machine that is nowhere requests. */
    void request(int vm, long[] amounts) {
        System.arraycopy(amounts, 0, requests, vm * columns(), columns());
    }

    /** @param by 1 holds these amounts on a node beside all copies, -1 lets go of them */
    void hold(long[] amounts, int node, int by) {
        for (int column = 0; column < columns(); column++) {
            used[node * columns() + column] += by * amounts[column];
        }
    }

    int columns() {
        return sizes.columns();
    }

    long amount(int vm, int column) {
        return requests[vm * sizes.columns() + column];
    }

    long used(int node, int column) {
        return used[node * sizes.columns() + column];
    }

    long room(int node, int column) {
        return sizes.room()[node * sizes.columns() + column];
    }

    /**
     * Whether a virtual machine that rests or does not run yet may have a copy on {@code node}: the node may be entered, has room
     * for the whole launcher pod beside all that is held, and no rule that must hold at each instant breaks.
     */
    public boolean admits(int vm, int node) {
        return mayEnter(vm, node) && lacking(vm, node) < 0 && keepsRules(vm, node);
    }

    /** The part of {@link #admits} that never changes: what is said about the virtual machine and the node alone. */
    public boolean mayEnter(int vm, int node) {
        return rules.mayEnter().get(vm).get(node) && !pinned(vm, node);
    }

    /** The part of {@link #admits} that rules over domains say. */
    public boolean keepsRules(int vm, int node) {
        return counters.forbidding(vm, from[vm], node) < 0;
    }

    /** Numbers of the rules over domains that the virtual machine is in, rising; not to be written. */
    public int[] rules(int vm) {
        return counters.of(vm);
    }

    /** How many kinds of resources are counted. */
    public int resources() {
        return sizes.columns();
    }

    /** Of each resource, what a node has for virtual machines; below 0 where other pods request more than it has. */
    public long[] room(int node) {
        return row(sizes.room(), node);
    }

    /** Of each resource, what the copies on a node hold. */
    public long[] held(int node) {
        return row(used, node);
    }

    /** Of each resource, what each copy of a virtual machine holds. */
    public long[] request(int vm) {
        return row(sizes.request(), vm);
    }

    private long[] row(long[] rows, int row) {
        return Arrays.copyOfRange(rows, row * sizes.columns(), (row + 1) * sizes.columns());
    }

    /** Why {@link #admits} says no, for a person; empty when it says yes. */
    public String obstacle(int vm, int node) {
        if (!rules.mayEnter().get(vm).get(node)) {
            return closed(node);
        }
        if (pinned(vm, node)) {
            return "pinned to " + cluster.nodes().get(from[vm]).name();
        }
        int column = lacking(vm, node);
        if (column >= 0) {
            return "too little " + sizes.names()[column];
        }
        int rule = counters.forbidding(vm, from[vm], node);
        return rule < 0 ? "" : "kept away by " + counters.get(rule).origin.title();
    }

    private boolean pinned(int vm, int node) {
        return from[vm] >= 0 && node != from[vm] && rules.pinned().get(vm);
    }

    private String closed(int node) {
        if (!cluster.nodes().get(node).ready()) {
            return "not ready";
        }
        return cluster.nodes().get(node).cordoned() ? "cordoned" : "not allowed by selectors, taints or node rules";
    }

    /** The first resource of which {@code node} has too little for one more launcher pod of the virtual machine, or -1. */
    private int lacking(int vm, int node) {
        int columns = sizes.columns();
        for (int column = 0; column < columns; column++) {
            long amount = requests[vm * columns + column];
            if (amount > 0 && used[node * columns + column] + amount > sizes.room()[node * columns + column]) {
                return column;
            }
        }
        return -1;
    }

    /** The largest share of a resource that would be requested on the node with one more launcher pod of the virtual machine. */
    double fullness(int vm, int node) {
        double most = 0;
        int columns = sizes.columns();
        for (int column = 0; column < columns; column++) {
            long amount = requests[vm * columns + column];
            long room = sizes.room()[node * columns + column];
            if (amount > 0 && room > 0) {
                most = Math.max(most, (used[node * columns + column] + amount) / (double) room);
            }
        }
        return most;
    }

    Sizes sizes() {
        return sizes;
    }

    RuleCounters counters() {
        return counters;
    }
}

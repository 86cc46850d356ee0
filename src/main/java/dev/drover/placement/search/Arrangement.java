package dev.drover.placement.search;

import static dev.drover.placement.search.Problem.NOWHERE;

import dev.drover.placement.search.Problem.Stranding;
import java.util.Arrays;

/**
 * Which node each virtual machine is on, with everything that the cost and the rules need kept up to date: a proposal costs
 * O(resources + needs of its groups) and creates no object. Not safe for threads.
 */
final class Arrangement {
    final Problem problem;
    final int[] nodeOf;
    private final int resources;
    private final int[] demand;
    private final long[] weight;
    private final boolean[] held;
    private final int[] home;
    /** Nodes x resources: capacity less what is used or held there. */
    private final int[] free;
    /** Nodes x resources: use less comfort. */
    private final int[] excess;
    /** Nodes x resources: capacity less use, which departed virtual machines do not count in. */
    private final int[] unused;

    private final Stranding[] strandings;
    private final Companions companions;
    private final Domains domains;
    private final Rules rules;
    private final Travel travel;
    /** Which virtual machines are on each node. */
    final Roster roster;

    private long cost;

    Arrangement(Problem problem, int[] nodeOf) {
        this.problem = problem;
        this.nodeOf = nodeOf.clone();
        resources = problem.resources();
        demand = problem.demand();
        weight = problem.excessWeight();
        held = problem.heldAtBoth();
        home = problem.home();
        strandings = problem.strandings();
        free = problem.capacity().clone();
        unused = problem.capacity().clone();
        excess = new int[free.length];
        for (int i = 0; i < free.length; i++) {
            excess[i] = -problem.comfort()[i];
        }
        companions = new Companions(problem);
        domains = new Domains(problem);
        rules = problem.rules().get();
        travel = new Travel(problem);
        roster = new Roster(problem.nodes(), nodeOf);
        for (int vm = 0; vm < problem.vms(); vm++) {
            if (home[vm] != NOWHERE) {
                holdAtHome(vm);
            }
            if (nodeOf[vm] != NOWHERE) {
                enter(vm, nodeOf[vm]);
                companions.arrive(vm, nodeOf[vm]);
                travel.move(vm, home[vm], nodeOf[vm]);
            }
            if (nodeOf[vm] != home[vm]) {
                rules.moved(vm, home[vm], nodeOf[vm]);
            }
        }
        cost = costNow();
    }

    /** What stays at home until the end is held there from the start, wherever the virtual machine is. */
    private void holdAtHome(int vm) {
        for (int r = 0; r < resources; r++) {
            if (held[r]) {
                free[home[vm] * resources + r] -= demand[vm * resources + r];
            }
        }
    }

    /** Lets nothing in to a node any more. */
    void close(int node) {
        Arrays.fill(free, node * resources, (node + 1) * resources, -1);
    }

    long cost() {
        return cost;
    }

    private long costNow() {
        long sum = travel.cost();
        for (int node = 0; node < problem.nodes(); node++) {
            sum += nodeCost(node);
        }
        return sum;
    }

    /** The virtual machines that are not at home. */
    NumberSet moved() {
        return travel.moved();
    }

    /** What a virtual machine costs at least when it is not at home. */
    long moveCost(int vm) {
        return problem.moveCosts().ofVm()[vm];
    }

    /** The size of each virtual machine: the sum over resources of its part of all capacity. */
    double[] sizes() {
        double[] total = new double[resources];
        for (int i = 0; i < problem.capacity().length; i++) {
            total[i % resources] += Math.max(0, problem.capacity()[i]);
        }
        double[] sizes = new double[problem.vms()];
        for (int i = 0; i < demand.length; i++) {
            sizes[i / resources] += demand[i] / Math.max(1, total[i % resources]);
        }
        return sizes;
    }

    /** How much comfortable room a node has left, in the resource of which it has least, as a part of its comfort. */
    double room(int node) {
        double least = Double.MAX_VALUE;
        int n = node * resources;
        for (int r = 0; r < resources; r++) {
            least = Math.min(least, -excess[n + r] / (double) Math.max(1, problem.comfort()[n + r]));
        }
        return least;
    }

    /** What the use of a node costs. */
    long nodeCost(int node) {
        long sum = 0;
        int n = node * resources;
        for (int r = 0; r < resources; r++) {
            sum += weight[r] * Math.max(0, excess[n + r]);
        }
        for (Stranding s : strandings) {
            sum += s.weight() * Math.max(0, (long) s.ratio() * unused[n + s.plenty()] - unused[n + s.scarce()]);
        }
        return sum;
    }

    /** Whether a virtual machine may move to a node other than its own. */
    boolean canShift(int vm, int to) {
        return fits(vm, to)
                && companions.mayShift(vm, nodeOf[vm], to)
                && domains.mayHold(to, vm)
                && rules.mayEnter(vm, nodeOf[vm], to);
    }

    private boolean fits(int vm, int to) {
        int n = to * resources;
        int v = vm * resources;
        if (home[vm] == to) {
            for (int r = 0; r < resources; r++) {
                if (!held[r] && demand[v + r] > free[n + r]) {
                    return false;
                }
            }
            return true;
        }
        for (int r = 0; r < resources; r++) {
            if (demand[v + r] > free[n + r]) {
                return false;
            }
        }
        return true;
    }

    /** By how much the cost would change. */
    long shiftDelta(int vm, int to) {
        int from = nodeOf[vm];
        int a = from * resources;
        int b = to * resources;
        int v = vm * resources;
        long delta = travel.delta(vm, from, to);
        for (int r = 0; r < resources; r++) {
            int amount = demand[v + r];
            delta += weight[r] * (excessDelta(a + r, -amount) + excessDelta(b + r, amount));
        }
        for (Stranding s : strandings) {
            long amount = (long) s.ratio() * demand[v + s.plenty()] - demand[v + s.scarce()];
            delta += strandingDelta(s, a, amount) + strandingDelta(s, b, -amount);
        }
        return delta;
    }

    /** By how much the use above comfort would change. */
    private long excessDelta(int cell, int amount) {
        int now = excess[cell];
        return (long) Math.max(0, now + amount) - Math.max(0, now);
    }

    private long strandingDelta(Stranding s, int row, long amount) {
        long lack = (long) s.ratio() * unused[row + s.plenty()] - unused[row + s.scarce()];
        return s.weight() * (Math.max(0, lack + amount) - Math.max(0, lack));
    }

    void shift(int vm, int to, long delta) {
        int from = nodeOf[vm];
        leave(vm, from);
        enter(vm, to);
        companions.shift(vm, from, to);
        travel.move(vm, from, to);
        rules.moved(vm, from, to);
        roster.shift(vm, from, to);
        nodeOf[vm] = to;
        cost += delta;
    }

    /** Takes a virtual machine off its node; it is nowhere then. */
    void take(int vm) {
        int from = nodeOf[vm];
        cost -= nodeCost(from) + travel.cost();
        leave(vm, from);
        companions.depart(vm, from);
        travel.move(vm, from, NOWHERE);
        rules.moved(vm, from, NOWHERE);
        roster.remove(vm, from);
        nodeOf[vm] = NOWHERE;
        cost += nodeCost(from) + travel.cost();
    }

    /** Whether one that is nowhere may be put on a node. */
    boolean canPut(int vm, int to) {
        return fits(vm, to) && companions.mayPut(vm, to) && domains.mayHold(to, vm) && rules.mayEnter(vm, NOWHERE, to);
    }

    /** By how much the cost would change if one that is nowhere were put on a node. */
    long putDelta(int vm, int to) {
        long delta = travel.delta(vm, NOWHERE, to);
        int n = to * resources;
        int v = vm * resources;
        for (int r = 0; r < resources; r++) {
            delta += weight[r] * excessDelta(n + r, demand[v + r]);
        }
        for (Stranding s : strandings) {
            delta += strandingDelta(s, n, demand[v + s.scarce()] - (long) s.ratio() * demand[v + s.plenty()]);
        }
        return delta;
    }

    void put(int vm, int to, long delta) {
        enter(vm, to);
        companions.arrive(vm, to);
        travel.move(vm, NOWHERE, to);
        rules.moved(vm, NOWHERE, to);
        roster.add(vm, to);
        nodeOf[vm] = to;
        cost += delta;
    }

    /** Takes over another arrangement of the same problem. */
    void become(int[] other) {
        for (int vm = 0; vm < other.length; vm++) {
            if (nodeOf[vm] != other[vm] && nodeOf[vm] != NOWHERE) {
                take(vm);
            }
        }
        for (int vm = 0; vm < other.length; vm++) {
            if (nodeOf[vm] != other[vm]) {
                put(vm, other[vm], putDelta(vm, other[vm]));
            }
        }
    }

    private void leave(int vm, int from) {
        use(vm, from, -1);
    }

    private void enter(int vm, int to) {
        use(vm, to, 1);
    }

    /** Counts what a virtual machine uses on a node once more, or with the sign -1 once less. */
    private void use(int vm, int node, int sign) {
        int n = node * resources;
        int v = vm * resources;
        boolean atHome = home[vm] == node;
        for (int r = 0; r < resources; r++) {
            int amount = sign * demand[v + r];
            excess[n + r] += amount;
            unused[n + r] -= amount;
            if (!(atHome && held[r])) {
                free[n + r] -= amount;
            }
        }
    }

    /** Whether two virtual machines on different nodes may change places. */
    boolean canSwap(int one, int other) {
        int a = nodeOf[one];
        int b = nodeOf[other];
        return exchangeFits(one, other, b)
                && exchangeFits(other, one, a)
                && companions.maySwap(one, a, other, b)
                && domains.mayHold(b, one)
                && domains.mayHold(a, other)
                && rules.maySwap(one, a, other, b);
    }

    /** Whether {@code in} fits on the node when {@code out} has left it. */
    private boolean exchangeFits(int in, int out, int node) {
        int n = node * resources;
        int i = in * resources;
        int o = out * resources;
        boolean inAtHome = home[in] == node;
        boolean outAtHome = home[out] == node;
        if (!inAtHome && !outAtHome) {
            for (int r = 0; r < resources; r++) {
                if (demand[i + r] - demand[o + r] > free[n + r]) {
                    return false;
                }
            }
            return true;
        }
        for (int r = 0; r < resources; r++) {
            int amount = (inAtHome && held[r] ? 0 : demand[i + r]) - (outAtHome && held[r] ? 0 : demand[o + r]);
            if (amount > free[n + r]) {
                return false;
            }
        }
        return true;
    }

    long swapDelta(int one, int other) {
        int a = nodeOf[one] * resources;
        int b = nodeOf[other] * resources;
        int v = one * resources;
        int w = other * resources;
        long delta = travel.swapDelta(one, nodeOf[one], other, nodeOf[other]);
        for (int r = 0; r < resources; r++) {
            int amount = demand[v + r] - demand[w + r];
            delta += weight[r] * (excessDelta(a + r, -amount) + excessDelta(b + r, amount));
        }
        for (Stranding s : strandings) {
            long amount = (long) s.ratio() * (demand[v + s.plenty()] - demand[w + s.plenty()])
                    - (demand[v + s.scarce()] - demand[w + s.scarce()]);
            delta += strandingDelta(s, a, amount) + strandingDelta(s, b, -amount);
        }
        return delta;
    }

    void swap(int one, int other, long delta) {
        int a = nodeOf[one];
        int b = nodeOf[other];
        shift(one, b, delta);
        shift(other, a, 0);
    }
}

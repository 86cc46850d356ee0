package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Origin;
import java.util.BitSet;

/**
 * One rule over domains of nodes, with the counts that decide it. A virtual machine that runs is counted by the nodes of its two
 * copies, which are equal while it rests. What is on a node of no domain (-1) does not count. Not safe for threads.
 */
abstract sealed class Counter permits SeparationCounter, SkewCounter, TogetherCounter, AttractionCounter, CapCounter {
    final Origin origin;
    private final int[] domainOf;

    Counter(Origin origin, int[] domainOf) {
        this.origin = origin;
        this.domainOf = domainOf;
    }

    final int domain(int node) {
        return node < 0 ? -1 : domainOf[node];
    }

    /** How many domains there are. */
    static int domains(int[] domainOf) {
        int highest = -1;
        for (int domain : domainOf) {
            highest = Math.max(highest, domain);
        }
        return highest + 1;
    }

    /** The virtual machines that the rule is about; not to be written. */
    abstract BitSet concerned();

    /** @param a, b the nodes of its two copies */
    abstract void add(int vm, int a, int b);

    abstract void remove(int vm, int a, int b);

    /** Called once all that the cluster shows is counted, before anything is planned. */
    void begin() {}

    /**
     * Whether a virtual machine that rests on the node {@code from} and is counted there, or does not run yet (-1), may have a copy
     * on the node {@code to} and then rest there: nothing breaks that holds now, whichever of the moves that are counted end first or
     * fail.
     */
    abstract boolean admits(int vm, int from, int to);

    /** Whether a virtual machine that does not run yet would, once nothing moves, break the rule more by a start on this node. */
    boolean parts(int vm, int node) {
        return !admits(vm, -1, node);
    }

    /**
     * Whether each domain by itself keeps or breaks the rule, whatever is in the others. One that is broken already must then not be
     * entered, even if others leave it for that: it is judged by who is in it.
     */
    boolean local() {
        return false;
    }

    /** How many virtual machines would have to leave their domain for the rule to hold. */
    abstract int breaches();

    /** Whether a start can make the breaches fewer. */
    boolean mayLessen() {
        return false;
    }

    /** By how much the breaches would grow with one that is nowhere at rest on {@code node}; negative when they would shrink. */
    int added(int vm, int node) {
        int before = breaches();
        add(vm, node, node);
        int after = breaches();
        remove(vm, node, node);
        return after - before;
    }

    /** Whether the virtual machine, at rest on {@code node}, is one of those that break the rule. */
    abstract boolean blames(int vm, int node);
}

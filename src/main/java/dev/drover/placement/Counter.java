package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Origin;
import java.util.BitSet;

/**
 * One rule over domains of nodes, with the counts that decide it. A virtual machine is counted by the domains of its two copies:
 * {@code a} and {@code b} are equal while it rests, and -1 where it has none or the node is in no domain. Its copies never count
 * against each other. Not safe for threads.
 */
abstract sealed class Counter
        permits SeparationCounter, SkewCounter, TogetherCounter, AttractionCounter, CapCounter {
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

    abstract void add(int vm, int a, int b);

    abstract void remove(int vm, int a, int b);

    /**
     * Whether a virtual machine that rests, and is counted, in the domain {@code from} may have a further copy in {@code to} and
     * then rest there: nothing breaks that holds now, whatever else that is counted starts, ends or fails meanwhile.
     */
    abstract boolean admits(int vm, int from, int to);

    /** How many virtual machines would have to leave their domain for the rule to hold. */
    abstract int breaches();

    /** Whether the virtual machine, counted in {@code domain}, is one of those that break the rule. */
    abstract boolean blames(int vm, int domain);
}

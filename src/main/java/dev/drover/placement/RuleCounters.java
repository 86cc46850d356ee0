package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The counters of all rules over domains, and which of them each virtual machine is in. A rule that binds only once nothing moves
 * counts a virtual machine where it will be. Not safe for threads.
 */
final class RuleCounters {
    private final Counter[] counters;
    private final int[][] ofVm;

    private RuleCounters(List<Counter> counters, int vms) {
        this.counters = counters.toArray(Counter[]::new);
        int[][] lists = new int[vms][4];
        int[] sizes = new int[vms];
        for (int index = 0; index < this.counters.length; index++) {
            BitSet concerned = this.counters[index].concerned();
            for (int vm = concerned.nextSetBit(0); vm >= 0; vm = concerned.nextSetBit(vm + 1)) {
                if (sizes[vm] == lists[vm].length) {
                    lists[vm] = Arrays.copyOf(lists[vm], 2 * sizes[vm]);
                }
                lists[vm][sizes[vm]++] = index;
            }
        }
        for (int vm = 0; vm < vms; vm++) {
            lists[vm] = Arrays.copyOf(lists[vm], sizes[vm]);
        }
        ofVm = lists;
    }

    static RuleCounters of(CompiledRules rules, int vms) {
        List<Counter> counters = new ArrayList<>();
        rules.separations().forEach(rule -> counters.add(new SeparationCounter(rule)));
        rules.skews().forEach(rule -> counters.add(new SkewCounter(rule)));
        rules.togethers().forEach(rule -> counters.add(new TogetherCounter(rule)));
        rules.attractions().forEach(rule -> counters.add(new AttractionCounter(rule)));
        rules.caps().forEach(rule -> counters.add(new CapCounter(rule)));
        rules.reserves().forEach(rule -> counters.add(new CapCounter(rule)));
        return new RuleCounters(counters, vms);
    }

    /** See {@link Counter#begin}. */
    void begin() {
        for (Counter counter : counters) {
            counter.begin();
        }
    }

    /** @param a, b the nodes of its two copies, equal while it rests */
    void add(int vm, int a, int b) {
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            counter.add(vm, counter.origin.continuous() ? a : b, b);
        }
    }

    void remove(int vm, int a, int b) {
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            counter.remove(vm, counter.origin.continuous() ? a : b, b);
        }
    }

    /** Index of the first rule that holds at each instant and forbids a copy on {@code to}, or -1. */
    int forbidding(int vm, int from, int to) {
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            if (counter.origin.continuous() && !counter.admits(vm, from, to)) {
                return index;
            }
        }
        return -1;
    }

    /** Index of the first required rule to which it matters once nothing moves that a start on {@code node} would break, or -1. */
    int parting(int vm, int node) {
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            if (counter.origin.required() && !counter.origin.continuous() && counter.parts(vm, node)) {
                return index;
            }
        }
        return -1;
    }

    /** Whether the virtual machine is in a rule that is only preferred. */
    boolean hasWishes(int vm) {
        for (int index : ofVm[vm]) {
            if (!counters[index].origin.required()) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a preferred rule that a start of the virtual machine can break less. */
    boolean mayLessen(int vm) {
        for (int index : ofVm[vm]) {
            if (!counters[index].origin.required() && counters[index].mayLessen()) {
                return true;
            }
        }
        return false;
    }

    /** What a start on {@code node} would add to the breaches of preferred rules, each times its weight; negative when it lessens them. */
    int displeasure(int vm, int node) {
        int sum = 0;
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            if (!counter.origin.required()) {
                sum += counter.origin.weight() * counter.added(vm, node);
            }
        }
        return sum;
    }

    /** Whether a required rule that holds at rest is broken more once a virtual machine that rests on one node rests on the other. */
    boolean breaksMore(int vm, int from, int to) {
        for (int index : ofVm[vm]) {
            Counter counter = counters[index];
            if (counter.origin.required() && !counter.origin.continuous() && worsens(counter, vm, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean worsens(Counter counter, int vm, int from, int to) {
        int before = counter.breaches();
        counter.remove(vm, from, from);
        counter.add(vm, to, to);
        int after = counter.breaches();
        counter.remove(vm, to, to);
        counter.add(vm, from, from);
        return after > before;
    }

    int size() {
        return counters.length;
    }

    Counter get(int index) {
        return counters[index];
    }

    /** Indexes of the rules that the virtual machine is in. */
    int[] of(int vm) {
        return ofVm[vm];
    }
}

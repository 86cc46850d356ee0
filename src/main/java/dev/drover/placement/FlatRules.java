package dev.drover.placement;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Rules;
import java.util.BitSet;

/**
 * The rules of an instance for the search on flat arrays. What is moved is also counted at home, where it stays until its migration
 * has ended; and no required rule may be broken more at rest than at home. Not safe for threads.
 */
final class FlatRules implements Rules {
    /**
     * What else is kept; not to be written.
     *
     * @param breaches by rule: the most breaches, where the rule is only preferred
     * @param closed nodes that are not entered, not even by those that were there
     */
    record Limits(int[] breaches, BitSet closed) {}

    private final Instance instance;
    private final BitSet closed;
    private final int[] vms;
    private final int[] home;
    private final RuleCounters held;
    private final RuleCounters rest;
    private final int[] tolerated;

    /** @param vms for each number of the problem the index in the cluster */
    FlatRules(Instance instance, Sizes sizes, int[] vms, Limits limits) {
        this.instance = instance;
        closed = limits.closed();
        this.vms = vms;
        home = sizes.bound();
        held = RuleCounters.of(instance.rules(), home.length);
        rest = RuleCounters.of(instance.rules(), home.length);
        for (int vm = 0; vm < home.length; vm++) {
            if (home[vm] >= 0) {
                held.add(vm, sizes.home()[vm], home[vm]);
                rest.add(vm, home[vm], home[vm]);
            }
        }
        held.begin();
        tolerated = new int[rest.size()];
        for (int rule = 0; rule < tolerated.length; rule++) {
            Counter counter = rest.get(rule);
            tolerated[rule] = counter.origin.required() ? counter.breaches() : limits.breaches()[rule];
        }
    }

    @Override
    public boolean mayEnter(int vm, int from, int to) {
        int index = vms[vm];
        if (closed.get(to) || to != home[index] && !isOpen(index, to)) {
            return false;
        }
        return rest.of(index).length == 0 || mayHold(index, from, to) && mayRest(index, from, to);
    }

    private boolean isOpen(int vm, int to) {
        return instance.nodes().get(to) && instance.rules().mayEnter().get(vm).get(to);
    }

    /** Whether both copies keep the rules that hold at each instant. */
    private boolean mayHold(int vm, int from, int to) {
        if (to == home[vm]) {
            return true;
        }
        boolean isAway = from != Problem.NOWHERE && from != home[vm];
        if (isAway) {
            hold(vm, from, home[vm]);
        }
        boolean holds = held.forbidding(vm, home[vm], to) < 0;
        if (isAway) {
            hold(vm, home[vm], from);
        }
        return holds;
    }

    private boolean mayRest(int vm, int from, int to) {
        stay(vm, from, to);
        boolean keeps = keepsRules(vm);
        stay(vm, to, from);
        return keeps;
    }

    private boolean keepsRules(int vm) {
        for (int rule : rest.of(vm)) {
            if (tolerated[rule] < Integer.MAX_VALUE && rest.get(rule).breaches() > tolerated[rule]) {
                return false;
            }
        }
        return true;
    }

    /** One after the other, each without the other first: between the two there is no instant. */
    @Override
    public boolean maySwap(int one, int a, int other, int b) {
        if (rest.of(vms[one]).length == 0 && rest.of(vms[other]).length == 0) {
            return mayEnter(one, a, b) && mayEnter(other, b, a);
        }
        moved(other, b, Problem.NOWHERE);
        boolean mayOne = mayEnter(one, a, b);
        boolean mayBoth = false;
        if (mayOne) {
            moved(one, a, b);
            mayBoth = mayEnter(other, Problem.NOWHERE, a);
            moved(one, b, a);
        }
        moved(other, Problem.NOWHERE, b);
        return mayBoth;
    }

    @Override
    public void moved(int vm, int from, int to) {
        int index = vms[vm];
        if (rest.of(index).length > 0) {
            stay(index, from, to);
            hold(index, atHomeWhenNowhere(index, from), atHomeWhenNowhere(index, to));
        }
    }

    /** What is nowhere while the search looks for a place has not left its home yet. */
    private int atHomeWhenNowhere(int vm, int node) {
        return node == Problem.NOWHERE ? home[vm] : node;
    }

    private void stay(int vm, int from, int to) {
        if (from != Problem.NOWHERE) {
            rest.remove(vm, from, from);
        }
        if (to != Problem.NOWHERE) {
            rest.add(vm, to, to);
        }
    }

    private void hold(int vm, int from, int to) {
        held.remove(vm, home[vm], from);
        held.add(vm, home[vm], to);
    }
}

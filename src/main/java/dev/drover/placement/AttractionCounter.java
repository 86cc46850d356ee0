package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Attraction;
import java.util.BitSet;

/** Required pod affinity: a holder enters only a domain where a member is and stays. Kubernetes asks for it at entry only. */
final class AttractionCounter extends Counter {
    private final Attraction rule;
    private final int[] staying;
    private int running;

    AttractionCounter(Attraction rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        staying = rule.fixedMembers().clone();
        for (int fixed : staying) {
            running += fixed;
        }
    }

    @Override
    BitSet concerned() {
        BitSet all = (BitSet) rule.holders().clone();
        all.or(rule.members());
        return all;
    }

    @Override
    void add(int vm, int a, int b) {
        count(vm, a, b, 1);
    }

    @Override
    void remove(int vm, int a, int b) {
        count(vm, a, b, -1);
    }

    private void count(int vm, int a, int b, int by) {
        if (!rule.members().get(vm)) {
            return;
        }
        running += by;
        if (a == b && a >= 0) {
            staying[a] += by;
        }
    }

    @Override
    boolean admits(int vm, int from, int to) {
        if (!rule.holders().get(vm) || to == from) {
            return true;
        }
        if (to < 0) {
            return false;
        }
        boolean first = running == 0 && rule.members().get(vm);
        return staying[to] > 0 || first;
    }

    @Override
    int breaches() {
        return 0;
    }

    @Override
    boolean blames(int vm, int domain) {
        return false;
    }
}

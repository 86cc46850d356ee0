package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Attraction;
import java.util.BitSet;

/** Required pod affinity: a holder enters only a domain where a member is and stays, its own running copy included. Kubernetes asks
 * for it at entry only, so a member may leave. */
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
        count(vm, domain(a), domain(b), 1);
    }

    @Override
    void remove(int vm, int a, int b) {
        count(vm, domain(a), domain(b), -1);
    }

    private void count(int vm, int a, int b, int by) {
        if (!rule.members().get(vm)) {
            return;
        }
        if (a >= 0 || b >= 0) {
            running += by;
        }
        if (a == b && a >= 0) {
            staying[a] += by;
        }
    }

    @Override
    boolean admits(int vm, int from, int to) {
        if (!rule.holders().get(vm)) {
            return true;
        }
        int entered = domain(to);
        boolean first = running == 0 && rule.members().get(vm);
        return entered >= 0 && (staying[entered] > 0 || first);
    }

    @Override
    int breaches() {
        return 0;
    }

    @Override
    boolean blames(int vm, int node) {
        return false;
    }
}

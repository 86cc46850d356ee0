package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Together;
import java.util.BitSet;

/** All members are in one domain once nothing moves. It never forbids a copy; its breaches at rest do. */
final class TogetherCounter extends Counter {
    final Together rule;
    private final int[] members;
    private int all;

    TogetherCounter(Together rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        members = new int[domains(rule.domainOf())];
    }

    @Override
    BitSet concerned() {
        return rule.members();
    }

    @Override
    void add(int vm, int a, int b) {
        count(domain(b), 1);
    }

    @Override
    void remove(int vm, int a, int b) {
        count(domain(b), -1);
    }

    private void count(int domain, int by) {
        if (domain >= 0) {
            all += by;
            members[domain] += by;
        }
    }

    @Override
    boolean admits(int vm, int from, int to) {
        return true;
    }

    /** Whether one more member on this node would be apart from most of the others. */
    boolean parts(int node) {
        int domain = domain(node);
        return all > 0 && (domain < 0 || members[domain] < largest());
    }

    private int largest() {
        int most = 0;
        for (int count : members) {
            most = Math.max(most, count);
        }
        return most;
    }

    @Override
    int breaches() {
        return all - largest();
    }

    @Override
    boolean blames(int vm, int node) {
        return domain(node) >= 0 && breaches() > 0;
    }
}

package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Separation;
import java.util.BitSet;
import java.util.List;

/**
 * Holders and members must not meet in a domain. Two copies of one virtual machine do not meet. Counts are kept only of domains that
 * somebody is in: a rule on three virtual machines must not cost a number for each node.
 */
final class SeparationCounter extends Counter {
    private static final int HOLDERS_ONLY = 0;
    private static final int MEMBERS_ONLY = 1;
    private static final int BOTH = 2;
    private static final int KINDS = 3;

    private final Separation rule;
    private final DomainCounts counts = new DomainCounts(KINDS);
    private int breaches;

    SeparationCounter(Separation rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
    }

    /** Who must not meet whom; one set when they are the same. */
    List<BitSet> sides() {
        return rule.holders().equals(rule.members())
                ? List.of(rule.members())
                : List.of(rule.holders(), rule.members());
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
        count(vm, a, by);
        if (b != a) {
            count(vm, b, by);
        }
    }

    private void count(int vm, int domain, int by) {
        if (domain < 0) {
            return;
        }
        breaches -= tooMany(domain);
        boolean holder = rule.holders().get(vm);
        boolean member = rule.members().get(vm);
        counts.add(domain, holder && member ? BOTH : holder ? HOLDERS_ONLY : MEMBERS_ONLY, by);
        breaches += tooMany(domain);
    }

    /** All but the largest set of virtual machines that may share the domain: holders only, members only, or any one alone. */
    private int tooMany(int domain) {
        int holders = counts.get(domain, HOLDERS_ONLY);
        int members = counts.get(domain, MEMBERS_ONLY);
        int both = counts.get(domain, BOTH);
        return holders + members + both - Math.max(Math.min(1, both), Math.max(holders, members));
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int entered = domain(to);
        if (entered < 0 || entered == domain(from)) {
            return true;
        }
        int both = counts.get(entered, BOTH);
        boolean meetsMember = rule.holders().get(vm) && counts.get(entered, MEMBERS_ONLY) + both > 0;
        boolean meetsHolder = rule.members().get(vm) && counts.get(entered, HOLDERS_ONLY) + both > 0;
        return !meetsMember && !meetsHolder;
    }

    @Override
    int breaches() {
        return breaches;
    }

    @Override
    boolean local() {
        return true;
    }

    @Override
    boolean blames(int vm, int node) {
        int domain = domain(node);
        return domain >= 0 && tooMany(domain) > 0;
    }
}

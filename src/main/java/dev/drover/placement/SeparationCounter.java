package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Separation;
import java.util.BitSet;
import java.util.List;

/** Holders and members must not meet in a domain. Two copies of one virtual machine do not meet. */
final class SeparationCounter extends Counter {
    private final Separation rule;
    private final int[] holdersOnly;
    private final int[] membersOnly;
    private final int[] both;
    private int breaches;

    SeparationCounter(Separation rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        int domains = domains(rule.domainOf());
        holdersOnly = new int[domains];
        membersOnly = new int[domains];
        both = new int[domains];
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
        int[] kind = holder && member ? both : holder ? holdersOnly : membersOnly;
        kind[domain] += by;
        breaches += tooMany(domain);
    }

    /** All but the largest set of virtual machines that may share the domain: holders only, members only, or any one alone. */
    private int tooMany(int domain) {
        int peaceful = Math.max(Math.min(1, both[domain]), Math.max(holdersOnly[domain], membersOnly[domain]));
        return holdersOnly[domain] + membersOnly[domain] + both[domain] - peaceful;
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int entered = domain(to);
        if (entered < 0 || entered == domain(from)) {
            return true;
        }
        boolean meetsMember = rule.holders().get(vm) && membersOnly[entered] + both[entered] > 0;
        boolean meetsHolder = rule.members().get(vm) && holdersOnly[entered] + both[entered] > 0;
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

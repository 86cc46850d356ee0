package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Separation;
import java.util.BitSet;

/** Holders and members must not meet in a domain. */
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

    @Override
    BitSet concerned() {
        BitSet all = (BitSet) rule.holders().clone();
        all.or(rule.members());
        return all;
    }

    @Override
    void add(int vm, int a, int b) {
        count(vm, a, 1);
        if (b != a) {
            count(vm, b, 1);
        }
    }

    @Override
    void remove(int vm, int a, int b) {
        count(vm, a, -1);
        if (b != a) {
            count(vm, b, -1);
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
        boolean fixedHolder = rule.fixedHolders()[domain] > 0;
        boolean fixedMember = rule.fixedMembers()[domain] > 0;
        int holders = fixedMember ? 0 : holdersOnly[domain];
        int members = fixedHolder ? 0 : membersOnly[domain];
        int alone = fixedHolder || fixedMember ? 0 : Math.min(1, both[domain]);
        return holdersOnly[domain]
                + membersOnly[domain]
                + both[domain]
                - Math.max(alone, Math.max(holders, members));
    }

    @Override
    boolean admits(int vm, int from, int to) {
        if (to == from || to < 0) {
            return true;
        }
        boolean meetsMember =
                rule.holders().get(vm) && membersOnly[to] + both[to] + rule.fixedMembers()[to] > 0;
        boolean meetsHolder =
                rule.members().get(vm) && holdersOnly[to] + both[to] + rule.fixedHolders()[to] > 0;
        return !meetsMember && !meetsHolder;
    }

    @Override
    int breaches() {
        return breaches;
    }

    @Override
    boolean blames(int vm, int domain) {
        return domain >= 0 && tooMany(domain) > 0;
    }
}

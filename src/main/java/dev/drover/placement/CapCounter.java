package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Cap;
import java.util.BitSet;

/**
 * A sum of weights that must not pass a maximum, in each domain where one is for whose sake it is limited. A virtual machine that moves
 * counts twice, also inside one domain.
 */
final class CapCounter extends Counter {
    private static final int MOST_BREACHES = 1_000_000;

    private final Cap rule;
    private final long[] used;
    /** How many copies each domain has of those for whose sake it is limited. */
    private final int[] bound;

    private final long lightest;
    /** What all domains are over together. */
    private long overall;

    CapCounter(Cap rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        used = new long[rule.max().length];
        bound = new int[used.length];
        lightest = lightest(rule);
    }

    private static long lightest(Cap rule) {
        long least = Long.MAX_VALUE;
        for (int vm = rule.members().nextSetBit(0); vm >= 0; vm = rule.members().nextSetBit(vm + 1)) {
            if (rule.weightOf()[vm] > 0) {
                least = Math.min(least, rule.weightOf()[vm]);
            }
        }
        return least;
    }

    @Override
    BitSet concerned() {
        return rule.members();
    }

    @Override
    void add(int vm, int a, int b) {
        count(vm, domain(a), 1);
        if (b != a) {
            count(vm, domain(b), 1);
        }
    }

    @Override
    void remove(int vm, int a, int b) {
        count(vm, domain(a), -1);
        if (b != a) {
            count(vm, domain(b), -1);
        }
    }

    private void count(int vm, int domain, int by) {
        if (domain >= 0) {
            overall -= over(domain, 0, false);
            used[domain] += by * rule.weightOf()[vm];
            bound[domain] += rule.binding().get(vm) ? by : 0;
            overall += over(domain, 0, false);
        }
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int entered = domain(to);
        boolean isFree = entered < 0 || bound[entered] == 0 && !rule.binding().get(vm);
        return isFree || used[entered] + rule.weightOf()[vm] <= rule.max()[entered];
    }

    /** In units of the lightest member, so that each departure shows. */
    @Override
    int breaches() {
        return (int) Math.min(overall, MOST_BREACHES);
    }

    /** @param binds whether one more is there for whose sake the domain is limited */
    private long over(int domain, long more, boolean binds) {
        boolean isLimited = binds || bound[domain] > 0;
        return isLimited ? Math.max(0, Math.ceilDiv(used[domain] + more - rule.max()[domain], lightest)) : 0;
    }

    @Override
    int added(int vm, int node) {
        int domain = domain(node);
        if (domain < 0) {
            return 0;
        }
        long with = over(domain, rule.weightOf()[vm], rule.binding().get(vm));
        return (int) Math.min(with - over(domain, 0, false), MOST_BREACHES);
    }

    private boolean isOver(int domain) {
        return bound[domain] > 0 && used[domain] > rule.max()[domain];
    }

    @Override
    boolean local() {
        return true;
    }

    @Override
    boolean blames(int vm, int node) {
        int domain = domain(node);
        return domain >= 0 && isOver(domain) && rule.weightOf()[vm] > 0;
    }
}

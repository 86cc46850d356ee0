package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Skew;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The fullest and the emptiest domain differ by at most so many members. While virtual machines move, the fullest is judged with
 * every copy and the emptiest without those that may be gone, so that the order in which moves end does not matter. A domain without
 * nodes, for no member may enter it, is not the emptiest.
 */
final class SkewCounter extends Counter {
    private final Skew rule;
    private final int[] atMost;
    private final int[] atLeast;
    private final int[] open;
    private int tolerated;
    /** What follows is kept until the counts change. */
    private boolean isCounted;

    private int least;
    private int numberOfLeast;
    private int numberAbove;

    SkewCounter(Skew rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        tolerated = rule.maxSkew();
        open = IntStream.of(rule.domainOf())
                .filter(domain -> domain >= 0)
                .distinct()
                .toArray();
        int domains = domains(rule.domainOf());
        atMost = new int[domains];
        atLeast = new int[domains];
        for (int domain = 0; domain < domains; domain++) {
            atMost[domain] = rule.fixedMembers()[domain];
            atLeast[domain] = rule.fixedMembers()[domain];
        }
    }

    /**
     * A difference that is there already may stay, but only one that is there: what could come of the moves that are in flight is no
     * leave to bring it about.
     */
    @Override
    void begin() {
        int least = IntStream.of(open).map(domain -> atMost[domain]).min().orElse(0);
        tolerated = Math.max(rule.maxSkew(), fullest() - least);
    }

    @Override
    BitSet concerned() {
        return rule.members();
    }

    @Override
    void add(int vm, int a, int b) {
        count(domain(a), domain(b), 1);
    }

    @Override
    void remove(int vm, int a, int b) {
        count(domain(a), domain(b), -1);
    }

    private void count(int a, int b, int by) {
        isCounted = false;
        if (a >= 0) {
            atMost[a] += by;
        }
        if (a == b) {
            if (a >= 0) {
                atLeast[a] += by;
            }
        } else if (b >= 0) {
            atMost[b] += by;
        }
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int left = domain(from);
        int entered = domain(to);
        if (entered == left) {
            return true;
        }
        int emptiest = emptiest(left);
        int count = entered < 0 ? 0 : atMost[entered] + 1;
        boolean entryKeeps = entered < 0 || count - emptiest <= rule.maxSkew();
        boolean leavingKeeps = left < 0 || Math.max(fullest(), count) - emptiest <= tolerated;
        return entryKeeps && leavingKeeps;
    }

    private int fullest() {
        int most = 0;
        for (int count : atMost) {
            most = Math.max(most, count);
        }
        return most;
    }

    /** @param left a domain that one member is about to leave, or -1 */
    private int emptiest(int left) {
        int least = Integer.MAX_VALUE;
        for (int domain : open) {
            least = Math.min(least, domain == left ? atLeast[domain] - 1 : atLeast[domain]);
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    /** Whether no domain has fewer members. */
    boolean isEmptiest(int domain) {
        count();
        return domain >= 0 && atLeast[domain] == least;
    }

    /** By a member more in the emptiest domain, the others are less above it. */
    @Override
    boolean mayLessen() {
        return true;
    }

    /** One pass over the domains, whichever is entered. */
    @Override
    int added(int vm, int node) {
        int entered = domain(node);
        if (entered < 0) {
            return 0;
        }
        count();
        int allowed = least + rule.maxSkew();
        boolean isHigher = numberOfLeast == 1 && atLeast[entered] == least;
        int before = Math.max(0, atMost[entered] - allowed);
        int after = Math.max(0, atMost[entered] + 1 - (isHigher ? allowed + 1 : allowed));
        int others = isHigher ? numberAbove - Math.min(1, before) : 0;
        return after - before - others;
    }

    private void count() {
        if (isCounted) {
            return;
        }
        isCounted = true;
        least = emptiest(-1);
        numberOfLeast = 0;
        for (int domain : open) {
            numberOfLeast += atLeast[domain] == least ? 1 : 0;
        }
        numberAbove = 0;
        for (int count : atMost) {
            numberAbove += count > least + rule.maxSkew() ? 1 : 0;
        }
    }

    @Override
    int breaches() {
        int allowed = emptiest(-1) + rule.maxSkew();
        int above = 0;
        for (int count : atMost) {
            above += Math.max(0, count - allowed);
        }
        return above;
    }

    @Override
    boolean blames(int vm, int node) {
        int domain = domain(node);
        return domain >= 0 && atMost[domain] > emptiest(-1) + rule.maxSkew();
    }
}

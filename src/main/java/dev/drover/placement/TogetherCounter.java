package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Together;
import java.util.BitSet;

/**
 * All members are in one domain, or in a few. Where that binds at each instant nobody leaves a domain that others are in: two cannot go to another
 * at the same moment. One that runs alone may.
 */
final class TogetherCounter extends Counter {
    final Together rule;
    private final int[] copies;
    /** How many domains have so many copies. */
    private final int[] domainsWith;

    private int most;
    private int all;
    private int running;
    private boolean apart;

    TogetherCounter(Together rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        copies = new int[domains(rule.domainOf())];
        domainsWith = new int[2 * rule.members().cardinality() + 1];
        domainsWith[0] = copies.length;
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
        if (a >= 0 || b >= 0) {
            running += by;
        }
        count(b, by);
        if (a != b) {
            count(a, by);
        }
    }

    private void count(int domain, int by) {
        if (domain >= 0) {
            all += by;
            domainsWith[copies[domain]]--;
            copies[domain] += by;
            domainsWith[copies[domain]]++;
            most = Math.max(most, copies[domain]);
            while (most > 0 && domainsWith[most] == 0) {
                most--;
            }
        }
    }

    /** Members that are apart already may come together, where most of them are. */
    @Override
    void begin() {
        apart = running > 1 && breaches() > 0;
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int left = domain(from);
        int entered = domain(to);
        int others = left < 0 ? all : all - 1;
        int met = entered < 0 ? 0 : entered == left ? copies[entered] - 1 : copies[entered];
        return met == others || apart && entered >= 0 && copies[entered] == most;
    }

    @Override
    boolean parts(int vm, int node) {
        int domain = domain(node);
        return domain >= 0 && copies[domain] < least();
    }

    /** Whether no member runs, so that the first one chooses the domain. */
    boolean isOpen() {
        return all == 0 && rule.max() == 1;
    }

    /** How many copies the emptiest has of the domains that may be in use, were these the fullest; 0 when there are fewer. */
    private int least() {
        int left = rule.max();
        for (int count = most; count > 0; count--) {
            left -= domainsWith[count];
            if (left <= 0) {
                return count;
            }
        }
        return 0;
    }

    @Override
    int breaches() {
        int left = rule.max();
        int outside = all;
        for (int count = most; count > 0 && left > 0; count--) {
            int domains = Math.min(left, domainsWith[count]);
            outside -= domains * count;
            left -= domains;
        }
        return outside;
    }

    @Override
    boolean blames(int vm, int node) {
        return domain(node) >= 0 && breaches() > 0;
    }
}

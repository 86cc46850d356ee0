package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Together;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * All members are in one domain, or in a few. Where that binds at each instant, those count that have a copy outside of the domain in which most
 * are with all their copies. They must not become more: nobody leaves that domain, since two cannot go to another at the same moment, and
 * where members are apart already the others may join it. One that runs alone may go anywhere.
 */
final class TogetherCounter extends Counter {
    final Together rule;
    private final int[] copies;
    /** How many domains have so many copies. */
    private final int[] domainsWith;

    /** How many members are in each domain with all their copies. */
    private final int[] whole;

    private int most;
    private int all;
    private int running;
    private int outsideAtFirst;

    TogetherCounter(Together rule) {
        super(rule.origin(), rule.domainOf());
        this.rule = rule;
        copies = new int[domains(rule.domainOf())];
        whole = new int[copies.length];
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
        if (a >= 0 && b >= 0 ? a == b : a >= 0 || b >= 0) {
            whole[Math.max(a, b)] += by;
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

    /** Members that are apart already may stay so. */
    @Override
    void begin() {
        outsideAtFirst = running < 2 ? 0 : running - IntStream.of(whole).max().orElse(0);
    }

    @Override
    boolean admits(int vm, int from, int to) {
        int left = domain(from);
        int entered = domain(to);
        int others = left < 0 ? running : running - 1;
        if (others == 0 || entered >= 0 && entered == left) {
            return true;
        }
        return left < 0 ? entered >= 0 && isHome(entered, others, 0) : outsideAtFirst > 0 && staysHome(left);
    }

    /** Whether so few are outside of a domain, once so many have left it, that it may stay the one where all belong. */
    private boolean isHome(int domain, int all, int gone) {
        return all - whole[domain] + gone <= outsideAtFirst;
    }

    private boolean staysHome(int left) {
        for (int domain = 0; domain < whole.length; domain++) {
            if (isHome(domain, running, domain == left ? 1 : 0)) {
                return true;
            }
        }
        return false;
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

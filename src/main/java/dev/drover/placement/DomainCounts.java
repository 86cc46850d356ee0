package dev.drover.placement;

import java.util.Arrays;

/**
 * Several counts for each domain, kept only where one of them is not 0, so that they take memory for those who are counted and not for
 * the domains there are. Open addressing with linear probing; a deletion moves back what follows (Knuth, The Art of Computer
 * Programming, volume 3, 6.4, algorithm R). Not safe for threads.
 */
final class DomainCounts {
    private static final int FEWEST_SLOTS = 8;
    private static final int FREE = -1;
    /** Spreads neighbours: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private final int kinds;
    private int[] domains = new int[FEWEST_SLOTS];
    private int[] counts;
    private int used;

    /** @param kinds how many counts a domain has */
    DomainCounts(int kinds) {
        this.kinds = kinds;
        Arrays.fill(domains, FREE);
        counts = new int[FEWEST_SLOTS * kinds];
    }

    int get(int domain, int kind) {
        int slot = slot(domain);
        return domains[slot] == FREE ? 0 : counts[slot * kinds + kind];
    }

    /** @param domain from 0 on */
    void add(int domain, int kind, int by) {
        int slot = slot(domain);
        if (domains[slot] == FREE) {
            if (2 * (used + 1) > domains.length) {
                grow();
                slot = slot(domain);
            }
            domains[slot] = domain;
            used++;
        }
        counts[slot * kinds + kind] += by;
        if (isZero(slot)) {
            remove(slot);
        }
    }

    /** How many domains have a count. */
    int size() {
        return used;
    }

    private boolean isZero(int slot) {
        for (int kind = 0; kind < kinds; kind++) {
            if (counts[slot * kinds + kind] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the domain is, or would be. */
    private int slot(int domain) {
        int slot = wanted(domain);
        while (domains[slot] != FREE && domains[slot] != domain) {
            slot = next(slot);
        }
        return slot;
    }

    private int wanted(int domain) {
        int hash = domain * SPREAD;
        return (hash ^ hash >>> 16) & domains.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & domains.length - 1;
    }

    private void grow() {
        int[] oldDomains = domains;
        int[] oldCounts = counts;
        domains = new int[2 * oldDomains.length];
        Arrays.fill(domains, FREE);
        counts = new int[domains.length * kinds];
        for (int old = 0; old < oldDomains.length; old++) {
            if (oldDomains[old] != FREE) {
                int slot = slot(oldDomains[old]);
                domains[slot] = oldDomains[old];
                System.arraycopy(oldCounts, old * kinds, counts, slot * kinds, kinds);
            }
        }
    }

    private void remove(int slot) {
        int free = slot;
        for (int other = next(free); domains[other] != FREE; other = next(other)) {
            int wanted = wanted(domains[other]);
            boolean staysReachable =
                    free <= other ? free < wanted && wanted <= other : free < wanted || wanted <= other;
            if (!staysReachable) {
                domains[free] = domains[other];
                System.arraycopy(counts, other * kinds, counts, free * kinds, kinds);
                free = other;
            }
        }
        domains[free] = FREE;
        Arrays.fill(counts, free * kinds, (free + 1) * kinds, 0);
        used--;
    }
}

package dev.drover.placement.search;

/** The rules between virtual machines: members of a group on distinct nodes, over enough domains, beside the groups they need. */
final class Companions {
    private final int[] groupOf;
    private final int[] minDomains;
    private final int[][] needs;
    private final int[][] neededBy;
    private final int[] domainOf;
    private final int[] zoneOf;
    private final int nodes;
    private final int domains;
    private final int zones;
    /** One bit for each group and node: a member is there. */
    private final long[] present;
    /** Groups x domains and groups x zones: members there. */
    private final int[] inDomain;

    private final int[] inZone;
    /** For each group the number of domains in which it has a member. */
    private final int[] spread;

    Companions(Problem problem) {
        var groups = problem.groups();
        var topology = problem.topology();
        groupOf = groups.of();
        minDomains = groups.minDomains();
        needs = groups.needs();
        neededBy = groups.neededBy();
        domainOf = topology.domainOf();
        zoneOf = topology.zoneOf();
        nodes = problem.nodes();
        domains = topology.domains();
        zones = topology.zones();
        present = new long[(int) (((long) groups.count() * nodes + 63) / 64)];
        inDomain = new int[groups.count() * domains];
        inZone = new int[groups.count() * zones];
        spread = new int[groups.count()];
    }

    private boolean isPresent(int group, int node) {
        long bit = (long) group * nodes + node;
        return (present[(int) (bit >>> 6)] & (1L << bit)) != 0;
    }

    void arrive(int vm, int node) {
        int group = groupOf[vm];
        if (group < 0) {
            return;
        }
        long bit = (long) group * nodes + node;
        present[(int) (bit >>> 6)] |= 1L << bit;
        if (inDomain[group * domains + domainOf[node]]++ == 0) {
            spread[group]++;
        }
        inZone[group * zones + zoneOf[node]]++;
    }

    void depart(int vm, int node) {
        int group = groupOf[vm];
        if (group < 0) {
            return;
        }
        long bit = (long) group * nodes + node;
        present[(int) (bit >>> 6)] &= ~(1L << bit);
        if (--inDomain[group * domains + domainOf[node]] == 0) {
            spread[group]--;
        }
        inZone[group * zones + zoneOf[node]]--;
    }

    void shift(int vm, int from, int to) {
        depart(vm, from);
        arrive(vm, to);
    }

    /** Whether one that is nowhere may start on a node; spread and needs count when all of a group run. */
    boolean mayPut(int vm, int to) {
        return groupOf[vm] < 0 || !isPresent(groupOf[vm], to);
    }

    boolean mayShift(int vm, int from, int to) {
        int group = groupOf[vm];
        if (group < 0) {
            return true;
        }
        return !isPresent(group, to) && staysSpread(group, from, to) && meetsNeeds(group, zoneOf[from], zoneOf[to]);
    }

    private boolean staysSpread(int group, int from, int to) {
        if (minDomains[group] <= 1 || domainOf[from] == domainOf[to]) {
            return true;
        }
        int g = group * domains;
        int lost = inDomain[g + domainOf[from]] == 1 ? 1 : 0;
        int won = inDomain[g + domainOf[to]] == 0 ? 1 : 0;
        return spread[group] - lost + won >= minDomains[group];
    }

    private boolean meetsNeeds(int group, int fromZone, int toZone) {
        if (fromZone == toZone) {
            return true;
        }
        if (inZone[group * zones + fromZone] == 1) {
            for (int needing : neededBy[group]) {
                if (inZone[needing * zones + fromZone] > 0) {
                    return false;
                }
            }
        }
        for (int needed : needs[group]) {
            if (inZone[needed * zones + toZone] == 0) {
                return false;
            }
        }
        return true;
    }

    boolean maySwap(int one, int a, int other, int b) {
        int g = groupOf[one];
        int h = groupOf[other];
        if (g < 0 || h < 0) {
            return (g < 0 || mayShift(one, a, b)) && (h < 0 || mayShift(other, b, a));
        }
        if (g == h || isPresent(g, b) || isPresent(h, a)) {
            return false;
        }
        return staysSpread(g, a, b)
                && staysSpread(h, b, a)
                && (zoneOf[a] == zoneOf[b] || meetsNeedsAfter(one, a, other, b));
    }

    private boolean meetsNeedsAfter(int one, int a, int other, int b) {
        shift(one, a, b);
        shift(other, b, a);
        int g = groupOf[one];
        int h = groupOf[other];
        boolean met =
                isServed(g, zoneOf[a]) && isServed(g, zoneOf[b]) && isServed(h, zoneOf[a]) && isServed(h, zoneOf[b]);
        shift(other, a, b);
        shift(one, b, a);
        return met;
    }

    /** Whether in a zone nobody misses this group, and it misses nobody. */
    private boolean isServed(int group, int zone) {
        if (inZone[group * zones + zone] == 0) {
            for (int needing : neededBy[group]) {
                if (inZone[needing * zones + zone] > 0) {
                    return false;
                }
            }
            return true;
        }
        for (int needed : needs[group]) {
            if (inZone[needed * zones + zone] == 0) {
                return false;
            }
        }
        return true;
    }
}

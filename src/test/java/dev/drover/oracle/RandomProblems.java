package dev.drover.oracle;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small problems with every term of the cost and every rule, which the present arrangement keeps; some nodes are over capacity. */
final class RandomProblems {
    private static final int DOMAINS = 3;
    private static final int ZONES = 2;

    private final SplittableRandom random;
    private final int nodes;
    private final int vms;
    private final int resources;
    private final int[] home;
    private final int[] domainOf;
    private final int[] zoneOf;

    private RandomProblems(long seed) {
        random = new SplittableRandom(seed);
        nodes = random.nextInt(2, 6);
        vms = random.nextInt(3, 10);
        resources = random.nextInt(1, 4);
        home = random.ints(vms, 0, nodes).toArray();
        domainOf = random.ints(nodes, 0, DOMAINS).toArray();
        zoneOf = random.ints(nodes, 0, ZONES).toArray();
    }

    static Problem of(long seed) {
        return new RandomProblems(seed).build();
    }

    private Problem build() {
        int[] demand = random.ints(vms * resources, 0, 20).toArray();
        int[] capacity = new int[nodes * resources];
        int[] comfort = new int[nodes * resources];
        for (int cell = 0; cell < capacity.length; cell++) {
            capacity[cell] = random.nextInt(10, 60);
            comfort[cell] = random.nextInt(capacity[cell]);
        }
        boolean[] held = new boolean[resources];
        for (int r = 0; r < resources; r++) {
            held[r] = random.nextInt(3) == 0;
        }
        Stranding[] strandings = resources == 1 || random.nextBoolean()
                ? new Stranding[0]
                : new Stranding[] {new Stranding(0, 1, random.nextInt(1, 4), random.nextInt(1, 5))};
        int[] between = random.nextBoolean()
                ? new int[0]
                : random.ints(nodes * nodes, 0, 4).toArray();
        long[] ofVm = random.longs(vms, 0, 30).toArray();
        return new Problem(
                nodes,
                vms,
                resources,
                capacity,
                comfort,
                demand,
                random.longs(resources, 1, 10).toArray(),
                held,
                home,
                groups(),
                new Topology(DOMAINS, domainOf, ZONES, zoneOf),
                sets(),
                strandings,
                new MoveCosts(ofVm, random.nextInt(3) * 10L, between));
    }

    /** Members of a group are on distinct nodes; what a group asks for beside that, it has. */
    private Groups groups() {
        int count = random.nextInt(1, 4);
        int[] of = new int[vms];
        Set<List<Integer>> taken = new HashSet<>();
        for (int vm = 0; vm < vms; vm++) {
            int group = random.nextInt(-1, count);
            of[vm] = group >= 0 && taken.add(List.of(group, home[vm])) ? group : -1;
        }
        boolean isPlain = random.nextBoolean();
        int[] minDomains = IntStream.range(0, count)
                .map(group -> isPlain
                        ? 0
                        : random.nextInt(distinct(of, group, domainOf).size() + 1))
                .toArray();
        int[][] needs = new int[count][];
        for (int group = 0; group < count; group++) {
            Set<Integer> zones = distinct(of, group, zoneOf);
            int needing = group;
            needs[group] = isPlain
                    ? new int[0]
                    : IntStream.range(0, count)
                            .filter(other -> other != needing
                                    && random.nextBoolean()
                                    && distinct(of, other, zoneOf).containsAll(zones))
                            .toArray();
        }
        int[][] neededBy = IntStream.range(0, count)
                .mapToObj(group -> IntStream.range(0, count)
                        .filter(other -> Arrays.stream(needs[other]).anyMatch(needed -> needed == group))
                        .toArray())
                .toArray(int[][]::new);
        return new Groups(count, of, minDomains, needs, neededBy);
    }

    private Set<Integer> distinct(int[] groupOf, int group, int[] placeOf) {
        Set<Integer> places = new HashSet<>();
        for (int vm = 0; vm < vms; vm++) {
            if (groupOf[vm] == group) {
                places.add(placeOf[home[vm]]);
            }
        }
        return places;
    }

    private SameDomain sets() {
        if (random.nextBoolean()) {
            return SameDomain.NONE;
        }
        int count = random.nextInt(1, 3);
        List<int[]> domains = new ArrayList<>();
        for (int set = 0; set < count; set++) {
            domains.add(random.ints(nodes, -1, 2).toArray());
        }
        int[] of = new int[vms];
        int[] chosen = random.ints(count, 0, 2).toArray();
        for (int vm = 0; vm < vms; vm++) {
            int set = random.nextInt(-1, count);
            of[vm] = set >= 0 && domains.get(set)[home[vm]] == chosen[set] ? set : -1;
        }
        return new SameDomain(of, domains.toArray(int[][]::new));
    }
}

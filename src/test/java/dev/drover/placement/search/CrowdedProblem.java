package dev.drover.placement.search;

import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A problem of any size for measurements. */
final class CrowdedProblem {
    /** Of each resource of each node. */
    static final int CAPACITY = 1000;

    private static final int EACH = 10;
    private static final int RESOURCES = 3;
    private static final int GROUP = 3;

    private CrowdedProblem() {}

    /** Ten virtual machines a node, 60 % full, a third of them in groups of three. */
    static Problem of(int nodes, SplittableRandom random) {
        int count = EACH * nodes;
        int[] capacity = new int[RESOURCES * nodes];
        Arrays.fill(capacity, CAPACITY);
        int[] comfort = new int[RESOURCES * nodes];
        Arrays.fill(comfort, CAPACITY * 6 / 10);
        int[] demand =
                random.ints(RESOURCES * count, CAPACITY / 50, CAPACITY / 10).toArray();
        int groups = count / (GROUP * GROUP);
        int[] groupOf = IntStream.range(0, count)
                .map(vm -> vm < groups * GROUP ? vm % groups : -1)
                .toArray();
        int[] homes = IntStream.range(0, count).map(vm -> vm % nodes).toArray();
        return new Problem(
                nodes,
                count,
                RESOURCES,
                capacity,
                comfort,
                demand,
                new long[] {1000, 10, 1},
                new boolean[RESOURCES],
                homes,
                new Groups(groups, groupOf, new int[groups], new int[groups][0], new int[groups][0]),
                Topology.flat(nodes),
                SameDomain.NONE,
                new Stranding[0],
                new MoveCosts(random.longs(count, 1, 100).toArray(), 0, new int[0]));
    }
}

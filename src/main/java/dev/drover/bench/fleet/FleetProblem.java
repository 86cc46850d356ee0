package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.List;

/** A fleet in the terms of the search. */
final class FleetProblem {
    private static final int NO_LIMIT = 1 << 30;
    private static final int WARM = 512;
    /** Larger than what any choice of moves can save, and small enough that a fleet of them adds up. */
    private static final long FORBIDDEN = 1_000_000_000L;

    private static final long MOVE = 1_000_000L;

    private final Fleet fleet;
    private final int[] capacity;
    private final int[] comfort;

    private FleetProblem(Fleet fleet) {
        this.fleet = fleet;
        capacity = new int[3 * fleet.nodes()];
        comfort = new int[3 * fleet.nodes()];
    }

    /** CPU twice, with its two costs, and memory; nothing enters a node that is to be empty. */
    static Problem rebalance(Fleet fleet) {
        FleetProblem problem = new FleetProblem(fleet);
        for (int node = 0; node < fleet.nodes(); node++) {
            problem.node(node, fleet.evacuated().get(node) ? -1 : NO_LIMIT, fleet.cpu(), WARM);
        }
        return problem.with(
                new long[] {1000, 10, 0},
                fleet.members().stream().mapToLong(Member::memory).toArray());
    }

    /** No node over its capacity, then the fewest moves, then the smallest. */
    static Problem repair(Fleet fleet) {
        FleetProblem problem = new FleetProblem(fleet);
        for (int node = 0; node < fleet.nodes(); node++) {
            problem.node(node, fleet.cpu(), fleet.cpu(), NO_LIMIT);
        }
        return problem.with(new long[] {FORBIDDEN, 0, 0}, problem.fewThenSmall());
    }

    /** The same, and a node that is to be emptied holds nothing. */
    static Problem evacuate(Fleet fleet) {
        FleetProblem problem = new FleetProblem(fleet);
        for (int node = 0; node < fleet.nodes(); node++) {
            boolean isEmptied = fleet.evacuated().get(node);
            problem.node(node, isEmptied ? -1 : fleet.cpu(), isEmptied ? 0 : fleet.cpu(), NO_LIMIT);
        }
        return problem.with(new long[] {FORBIDDEN, 0, 0}, problem.fewThenSmall());
    }

    private long[] fewThenSmall() {
        return fleet.members().stream()
                .mapToLong(member -> MOVE + member.memory())
                .toArray();
    }

    private void node(int node, int cpuCapacity, int hot, int warm) {
        capacity[3 * node] = cpuCapacity;
        capacity[3 * node + 1] = NO_LIMIT;
        capacity[3 * node + 2] = fleet.memory();
        comfort[3 * node] = hot;
        comfort[3 * node + 1] = warm;
        comfort[3 * node + 2] = fleet.memory();
    }

    static int[] demand(int cpu, int memory) {
        return new int[] {cpu, cpu, memory};
    }

    private Problem with(long[] weights, long[] moveCosts) {
        List<Member> members = fleet.members();
        int[] demand = new int[3 * members.size()];
        for (int vm = 0; vm < members.size(); vm++) {
            Member member = members.get(vm);
            System.arraycopy(demand(member.cpu(), member.memory()), 0, demand, 3 * vm, 3);
        }
        int groups = fleet.groups();
        int[] of = members.stream().mapToInt(Member::group).toArray();
        return new Problem(
                fleet.nodes(),
                members.size(),
                3,
                capacity,
                comfort,
                demand,
                weights,
                new boolean[3],
                fleet.nodesNow(),
                new Groups(groups, of, new int[groups], new int[groups][0], new int[groups][0]),
                new Topology(1, new int[fleet.nodes()], 1, new int[fleet.nodes()]),
                Problem.SameDomain.NONE,
                new Stranding[0],
                new MoveCosts(moveCosts, 0, new int[0]));
    }
}

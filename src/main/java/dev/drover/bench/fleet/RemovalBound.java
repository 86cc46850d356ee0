package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * A lower bound: for each node what it costs at least to bring its load down, as if wherever its virtual machines went were free of
 * cost. Exact, by branch and bound over the subsets that leave; of a node with very many virtual machines it says 0.
 */
final class RemovalBound {
    private static final int WARM = 512;
    /** Of more on one node the subsets are too many. */
    private static final int MOST_ON_NODE = 24;

    private final LongUnaryOperator costOfCpu;
    private final List<long[]> members = new ArrayList<>();
    private long best;

    private RemovalBound(LongUnaryOperator costOfCpu) {
        this.costOfCpu = costOfCpu;
    }

    /** Of the cost of a rebalance: 1000 for each unit of CPU above the capacity of a node, 10 for each above 512, and the moved memory. */
    static long ofCost(Fleet fleet) {
        return of(fleet, cpu -> 1000 * Math.max(0, cpu - fleet.cpu()) + 10 * Math.max(0, cpu - WARM), memory -> memory);
    }

    /** Of the moves of a repair. */
    static long ofMoves(Fleet fleet) {
        return of(fleet, cpu -> cpu > fleet.cpu() ? Integer.MAX_VALUE : 0, memory -> 1);
    }

    /**
     * @param costOfCpu what a node costs that uses so much CPU; never falls as the use grows
     * @param costOfMove what it costs that a member of so much memory leaves, not negative
     */
    private static long of(Fleet fleet, LongUnaryOperator costOfCpu, LongUnaryOperator costOfMove) {
        List<List<Member>> on = new ArrayList<>();
        for (int node = 0; node < fleet.nodes(); node++) {
            on.add(new ArrayList<>());
        }
        fleet.members().forEach(member -> on.get(member.node()).add(member));
        long sum = 0;
        for (List<Member> members : on) {
            sum += members.size() > MOST_ON_NODE ? 0 : new RemovalBound(costOfCpu).ofNode(members, costOfMove);
        }
        return sum;
    }

    private long ofNode(List<Member> on, LongUnaryOperator costOfMove) {
        long used = 0;
        for (Member member : on) {
            used += member.cpu();
            members.add(new long[] {member.cpu(), costOfMove.applyAsLong(member.memory())});
        }
        members.sort(Comparator.comparingDouble(member -> member[1] / (double) Math.max(1, member[0])));
        best = costOfCpu.applyAsLong(used);
        if (best > 0) {
            branch(0, used, 0);
        }
        return best;
    }

    private void branch(int next, long used, long moves) {
        best = Math.min(best, moves + costOfCpu.applyAsLong(used));
        for (int i = next; i < members.size(); i++) {
            long cost = moves + members.get(i)[1];
            if (cost < best) {
                branch(i + 1, used - members.get(i)[0], cost);
            }
        }
    }
}

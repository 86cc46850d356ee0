package dev.drover.bench.btrplace;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What runs at the end, with what it has then, in the terms of the search: no node over its capacity, then the fewest moves. */
final class ReconfigurationProblem {
    /** Larger than what any choice of moves can save, and small enough that a cluster of them adds up. */
    private static final long FORBIDDEN = 1_000_000_000L;

    private static final long MOVE = 1_000_000L;

    private final Reconfiguration instance;
    private final int resources;
    private final int[] running;
    private final int[] demand;
    private final int[] numberOf;

    ReconfigurationProblem(Reconfiguration instance) {
        this.instance = instance;
        resources = instance.resources().size();
        running = running(instance).stream().toArray();
        numberOf = new int[instance.vms().count()];
        Arrays.fill(numberOf, Reconfiguration.NONE);
        for (int i = 0; i < running.length; i++) {
            numberOf[running[i]] = i;
        }
        demand = demand();
    }

    /** Those that run now, and those that are to. */
    private static BitSet running(Reconfiguration instance) {
        BitSet running = new BitSet();
        for (int vm = 0; vm < instance.vms().count(); vm++) {
            running.set(vm, instance.vms().nodeOf()[vm] != Reconfiguration.NONE);
        }
        for (Rule rule : instance.rules()) {
            if (rule instanceof Rule.Running ready) {
                running.set(ready.vm());
            }
        }
        return running;
    }

    private int[] demand() {
        int[] amounts = new int[running.length * resources];
        for (int i = 0; i < running.length; i++) {
            System.arraycopy(instance.vms().consumption(), running[i] * resources, amounts, i * resources, resources);
        }
        for (Rule rule : instance.rules()) {
            if (rule instanceof Rule.Preserve preserve && numberOf[preserve.vm()] != Reconfiguration.NONE) {
                int cell = numberOf[preserve.vm()] * resources + preserve.resource();
                amounts[cell] = Math.max(amounts[cell], preserve.amount());
            }
        }
        return amounts;
    }

    /** The virtual machine of the instance that a number in the problem stands for. */
    int vm(int number) {
        return running[number];
    }

    /** @param isHeldAtBoth whether room is also kept where a virtual machine leaves, so that every order of the moves has room */
    Problem problem(boolean isHeldAtBoth) {
        int nodes = instance.nodes().count();
        int[] comfort = instance.nodes().capacity();
        int[] capacity = comfort.clone();
        for (int i = 0; i < capacity.length; i++) {
            capacity[i] = instance.nodes().online().get(i / resources) ? capacity[i] : -1;
        }
        boolean[] held = new boolean[resources];
        Arrays.fill(held, isHeldAtBoth);
        long[] weights = new long[resources];
        Arrays.fill(weights, FORBIDDEN);
        return new Problem(
                nodes,
                running.length,
                resources,
                capacity,
                comfort,
                demand,
                weights,
                held,
                Arrays.stream(running).map(vm -> instance.vms().nodeOf()[vm]).toArray(),
                groups(),
                new Topology(1, new int[nodes], 1, new int[nodes]),
                sameDomain(),
                new Stranding[0],
                new MoveCosts(moveCosts(), 0, new int[0]));
    }

    /** Of as many moves the smaller ones. */
    private long[] moveCosts() {
        long[] costs = new long[running.length];
        Arrays.fill(costs, MOVE);
        for (int i = 0; i < demand.length; i++) {
            costs[i / resources] += demand[i];
        }
        return costs;
    }

    private Groups groups() {
        List<int[]> spreads = instance.rules().stream()
                .filter(Rule.Spread.class::isInstance)
                .map(rule -> ((Rule.Spread) rule).vms())
                .toList();
        int count = spreads.size();
        return new Groups(count, setOf(spreads), new int[count], new int[count][0], new int[count][0]);
    }

    private SameDomain sameDomain() {
        List<Rule.Among> among = instance.rules().stream()
                .filter(Rule.Among.class::isInstance)
                .map(Rule.Among.class::cast)
                .toList();
        return among.isEmpty()
                ? SameDomain.NONE
                : new SameDomain(
                        setOf(among.stream().map(Rule.Among::vms).toList()),
                        among.stream().map(Rule.Among::partOf).toArray(int[][]::new));
    }

    private int[] setOf(List<int[]> sets) {
        int[] of = new int[running.length];
        Arrays.fill(of, Reconfiguration.NONE);
        for (int set = 0; set < sets.size(); set++) {
            for (int vm : sets.get(set)) {
                if (numberOf[vm] != Reconfiguration.NONE) {
                    of[numberOf[vm]] = set;
                }
            }
        }
        return of;
    }
}

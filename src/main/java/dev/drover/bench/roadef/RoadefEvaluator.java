package dev.drover.bench.roadef;

import dev.drover.bench.roadef.RoadefInstance.Balance;
import dev.drover.bench.roadef.RoadefInstance.Machine;
import dev.drover.bench.roadef.RoadefInstance.Process;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules and the cost of the challenge, written down once more from its text, with plain collections and from nothing. */
final class RoadefEvaluator {
    private final RoadefInstance instance;
    private final int[] placed;
    private final List<String> breaches = new ArrayList<>();

    private RoadefEvaluator(RoadefInstance instance, int[] placed) {
        this.instance = instance;
        this.placed = placed;
    }

    /** @param breaches of hard rules, each naming its machine or service; empty for a valid assignment */
    record Verdict(long cost, List<String> breaches) {}

    static Verdict judge(RoadefInstance instance, int[] placed) {
        RoadefEvaluator evaluator = new RoadefEvaluator(instance, placed);
        long[][] used = evaluator.used(false);
        evaluator.checkCapacity(evaluator.used(true));
        evaluator.checkServices();
        long cost = evaluator.loadCost(used) + evaluator.balanceCost(used) + evaluator.moveCost();
        return new Verdict(cost, List.copyOf(evaluator.breaches));
    }

    /** For each machine and resource what is used; with {@code all}, also what moved processes hold where they were. */
    private long[][] used(boolean all) {
        long[][] used =
                new long[instance.machines().size()][instance.resources().size()];
        for (int p = 0; p < placed.length; p++) {
            int[] needs = instance.processes().get(p).requirement();
            for (int r = 0; r < needs.length; r++) {
                used[placed[p]][r] += needs[r];
                if (all && instance.resources().get(r).isTransient() && placed[p] != instance.assignment()[p]) {
                    used[instance.assignment()[p]][r] += needs[r];
                }
            }
        }
        return used;
    }

    private void checkCapacity(long[][] used) {
        for (int m = 0; m < used.length; m++) {
            int[] capacity = instance.machines().get(m).capacity();
            for (int r = 0; r < capacity.length; r++) {
                if (used[m][r] > capacity[r]) {
                    breaches.add(
                            "machine " + m + " uses " + used[m][r] + " of resource " + r + " and has " + capacity[r]);
                }
            }
        }
    }

    private void checkServices() {
        Map<Integer, Set<Integer>> neighbourhoods = new HashMap<>();
        Map<Integer, Set<Integer>> locations = new HashMap<>();
        Map<Integer, Set<Integer>> machines = new HashMap<>();
        for (int p = 0; p < placed.length; p++) {
            int service = instance.processes().get(p).service();
            Machine machine = instance.machines().get(placed[p]);
            if (!machines.computeIfAbsent(service, s -> new HashSet<>()).add(placed[p])) {
                breaches.add("two processes of service " + service + " are on machine " + placed[p]);
            }
            locations.computeIfAbsent(service, s -> new HashSet<>()).add(machine.location());
            neighbourhoods.computeIfAbsent(service, s -> new HashSet<>()).add(machine.neighbourhood());
        }
        for (int s = 0; s < instance.services().size(); s++) {
            int spread = locations.getOrDefault(s, Set.of()).size();
            if (machines.containsKey(s) && spread < instance.services().get(s).spread()) {
                breaches.add("service " + s + " is in " + spread + " locations, not "
                        + instance.services().get(s).spread());
            }
            for (int needed : instance.services().get(s).dependsOn()) {
                Set<Integer> missing = new HashSet<>(neighbourhoods.getOrDefault(s, Set.of()));
                missing.removeAll(neighbourhoods.getOrDefault(needed, Set.of()));
                if (!missing.isEmpty()) {
                    breaches.add("service " + s + " misses service " + needed + " in neighbourhoods " + missing);
                }
            }
        }
    }

    private long loadCost(long[][] used) {
        long cost = 0;
        for (int m = 0; m < used.length; m++) {
            int[] safety = instance.machines().get(m).safety();
            for (int r = 0; r < safety.length; r++) {
                cost += instance.resources().get(r).loadWeight() * Math.max(0, used[m][r] - safety[r]);
            }
        }
        return cost;
    }

    private long balanceCost(long[][] used) {
        long cost = 0;
        for (Balance balance : instance.balances()) {
            for (int m = 0; m < used.length; m++) {
                int[] capacity = instance.machines().get(m).capacity();
                long first = capacity[balance.first()] - used[m][balance.first()];
                long second = capacity[balance.second()] - used[m][balance.second()];
                cost += balance.weight() * Math.max(0, balance.target() * first - second);
            }
        }
        return cost;
    }

    private long moveCost() {
        long processes = 0;
        long machines = 0;
        Map<Integer, Integer> movedOf = new HashMap<>();
        for (int p = 0; p < placed.length; p++) {
            int origin = instance.assignment()[p];
            if (placed[p] != origin) {
                Process process = instance.processes().get(p);
                processes += process.moveCost();
                machines += instance.machines().get(origin).moveCost()[placed[p]];
                movedOf.merge(process.service(), 1, Integer::sum);
            }
        }
        int services =
                movedOf.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return instance.processMoveWeight() * processes
                + instance.serviceMoveWeight() * services
                + instance.machineMoveWeight() * machines;
    }
}

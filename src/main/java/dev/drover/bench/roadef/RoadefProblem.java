package dev.drover.bench.roadef;

import dev.drover.bench.roadef.RoadefInstance.Balance;
import dev.drover.bench.roadef.RoadefInstance.Machine;
import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** An instance in the terms of the search: machines are nodes, processes are virtual machines, services are groups. */
final class RoadefProblem {
    private RoadefProblem() {}

    static Problem of(RoadefInstance instance) {
        List<Machine> machines = instance.machines();
        int resources = instance.resources().size();
        boolean[] held = new boolean[resources];
        for (int r = 0; r < resources; r++) {
            held[r] = instance.resources().get(r).isTransient();
        }
        return new Problem(
                machines.size(),
                instance.processes().size(),
                resources,
                machines.stream().flatMapToInt(m -> Arrays.stream(m.capacity())).toArray(),
                machines.stream().flatMapToInt(m -> Arrays.stream(m.safety())).toArray(),
                instance.processes().stream()
                        .flatMapToInt(p -> Arrays.stream(p.requirement()))
                        .toArray(),
                instance.resources().stream().mapToLong(r -> r.loadWeight()).toArray(),
                held,
                instance.assignment(),
                groups(instance),
                topology(machines),
                Problem.SameDomain.NONE,
                instance.balances().stream().map(RoadefProblem::stranding).toArray(Stranding[]::new),
                moveCosts(instance));
    }

    private static Stranding stranding(Balance b) {
        return new Stranding(b.first(), b.second(), b.target(), b.weight());
    }

    private static Groups groups(RoadefInstance instance) {
        int count = instance.services().size();
        int[][] needs = instance.services().stream().map(s -> s.dependsOn()).toArray(int[][]::new);
        IntStream.Builder[] neededBy = new IntStream.Builder[count];
        Arrays.setAll(neededBy, s -> IntStream.builder());
        for (int s = 0; s < count; s++) {
            for (int needed : needs[s]) {
                neededBy[needed].add(s);
            }
        }
        return new Groups(
                count,
                instance.processes().stream().mapToInt(p -> p.service()).toArray(),
                instance.services().stream().mapToInt(s -> s.spread()).toArray(),
                needs,
                Arrays.stream(neededBy).map(b -> b.build().toArray()).toArray(int[][]::new));
    }

    private static Topology topology(List<Machine> machines) {
        int[] domains = numbered(machines, Machine::location);
        int[] zones = numbered(machines, Machine::neighbourhood);
        return new Topology(count(domains), domains, count(zones), zones);
    }

    private static int[] numbered(List<Machine> machines, ToIntFunction<Machine> place) {
        int[] names = machines.stream().mapToInt(place).distinct().sorted().toArray();
        return machines.stream()
                .mapToInt(place)
                .map(name -> Arrays.binarySearch(names, name))
                .toArray();
    }

    private static int count(int[] numbers) {
        return Arrays.stream(numbers).max().orElse(-1) + 1;
    }

    private static MoveCosts moveCosts(RoadefInstance instance) {
        return new MoveCosts(
                instance.processes().stream()
                        .mapToLong(p -> instance.processMoveWeight() * p.moveCost())
                        .toArray(),
                instance.serviceMoveWeight(),
                instance.machines().stream()
                        .flatMapToInt(m -> Arrays.stream(m.moveCost())
                                .map(cost -> Math.toIntExact(instance.machineMoveWeight() * cost)))
                        .toArray());
    }
}

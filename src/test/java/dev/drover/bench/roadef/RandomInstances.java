package dev.drover.bench.roadef;

import dev.drover.bench.roadef.RoadefInstance.Balance;
import dev.drover.bench.roadef.RoadefInstance.Machine;
import dev.drover.bench.roadef.RoadefInstance.Process;
import dev.drover.bench.roadef.RoadefInstance.Resource;
import dev.drover.bench.roadef.RoadefInstance.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Small instances with every rule and every cost, whose given assignment is valid. */
final class RandomInstances {
    private final Random random;
    private final int machines;
    private final int resources;

    private RandomInstances(long seed) {
        random = new Random(seed);
        machines = 3 + random.nextInt(6);
        resources = 1 + random.nextInt(3);
    }

    static RoadefInstance of(long seed) {
        return new RandomInstances(seed).instance();
    }

    private RoadefInstance instance() {
        List<Resource> kinds = new ArrayList<>();
        for (int r = 0; r < resources; r++) {
            kinds.add(new Resource(random.nextInt(3) == 0, random.nextInt(20)));
        }
        List<Process> processes = new ArrayList<>();
        List<Integer> assignment = new ArrayList<>();
        List<Service> services = services(processes, assignment);
        List<Balance> balances = random.nextBoolean() || resources < 2
                ? List.of()
                : List.of(new Balance(0, 1, 1 + random.nextInt(3), random.nextInt(10)));
        int[] start = assignment.stream().mapToInt(Integer::intValue).toArray();
        return new RoadefInstance(kinds, machines(processes, start), services, processes, balances, 1, 10, 100, start);
    }

    private List<Service> services(List<Process> processes, List<Integer> assignment) {
        int count = 2 + random.nextInt(8);
        List<Set<Integer>> zones = new ArrayList<>();
        List<Service> services = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            Set<Integer> on = new HashSet<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int machine = random.nextInt(machines);
                if (on.add(machine)) {
                    processes.add(new Process(s, amounts(10), random.nextInt(5)));
                    assignment.add(machine);
                }
            }
            Set<Integer> here = new HashSet<>(on.stream().map(m -> m % 2).toList());
            int spread = (int) on.stream().map(m -> m / 2).distinct().count();
            List<Integer> dependsOn = new ArrayList<>();
            for (int other = 0; other < s; other++) {
                if (random.nextInt(4) == 0 && zones.get(other).containsAll(here)) {
                    dependsOn.add(other);
                }
            }
            zones.add(here);
            services.add(new Service(
                    1 + random.nextInt(spread),
                    dependsOn.stream().mapToInt(Integer::intValue).toArray()));
        }
        return services;
    }

    private List<Machine> machines(List<Process> processes, int[] start) {
        List<Machine> list = new ArrayList<>();
        for (int m = 0; m < machines; m++) {
            int[] capacity = amounts(30);
            for (int p = 0; p < start.length; p++) {
                for (int r = 0; r < resources && start[p] == m; r++) {
                    capacity[r] += processes.get(p).requirement()[r];
                }
            }
            int[] safety = capacity.clone();
            for (int r = 0; r < resources; r++) {
                safety[r] = random.nextInt(capacity[r] + 1);
            }
            int[] moveCost = new int[machines];
            for (int other = 0; other < machines; other++) {
                moveCost[other] = other == m ? 0 : random.nextInt(3);
            }
            list.add(new Machine(m % 2, m / 2, capacity, safety, moveCost));
        }
        return list;
    }

    private int[] amounts(int most) {
        return random.ints(resources, 0, most).toArray();
    }
}

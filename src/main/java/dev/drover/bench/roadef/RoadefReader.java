package dev.drover.bench.roadef;

import dev.drover.bench.BadInstance;
import dev.drover.bench.InstanceFile;
import dev.drover.bench.Numbers;
import dev.drover.bench.roadef.RoadefInstance.Balance;
import dev.drover.bench.roadef.RoadefInstance.Machine;
import dev.drover.bench.roadef.RoadefInstance.Process;
import dev.drover.bench.roadef.RoadefInstance.Resource;
import dev.drover.bench.roadef.RoadefInstance.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads an instance from its two files. */
final class RoadefReader {
    /** Larger counts than any instance has; a file that gives one is not of this format. */
    private static final int MOST = 10_000_000;
    /** Of a resource; the search counts in integers of 32 bits. */
    private static final int MOST_AMOUNT = 1_000_000_000;
    /** Costs must add up in 64 bits. */
    private static final double MOST_COST = 4e18;

    private final Numbers model;

    private RoadefReader(Numbers model) {
        this.model = model;
    }

    /**
     * @param instance {@code DIR/ID}, which stands for {@code DIR/model_ID.txt} and {@code DIR/assignment_ID.txt}, or those with
     *     {@code .gz}
     * @throws BadInstance when a file is missing or wrong
     */
    static RoadefInstance read(Path instance) {
        if (instance.getFileName() == null) {
            throw new BadInstance("an instance is a name in a folder (" + instance + "). Check --instance.");
        }
        String id = instance.getFileName().toString();
        Path model = InstanceFile.find(instance.resolveSibling("model_" + id + ".txt"));
        Path assignment = InstanceFile.find(instance.resolveSibling("assignment_" + id + ".txt"));
        return new RoadefReader(Numbers.of(model)).read(Numbers.of(assignment));
    }

    private RoadefInstance read(Numbers assignment) {
        List<Resource> resources = resources();
        List<Machine> machines = machines(resources.size());
        List<Service> services = services();
        List<Process> processes = processes(services.size(), resources.size());
        List<Balance> balances = balances(resources.size());
        long processMove = weight("the weight of process moves");
        long serviceMove = weight("the weight of service moves");
        long machineMove = weight("the weight of machine moves");
        RoadefInstance instance = new RoadefInstance(
                resources,
                machines,
                services,
                processes,
                balances,
                processMove,
                serviceMove,
                machineMove,
                start(assignment, machines.size(), processes));
        check(instance);
        return instance;
    }

    private void check(RoadefInstance instance) {
        model.end();
        if (instance.mostMachineMove() > Integer.MAX_VALUE || instance.mostCost() > MOST_COST) {
            throw model.wrong("these weights make a cost that is too large to count (" + instance.mostCost()
                    + "); take smaller ones");
        }
    }

    private static int[] start(Numbers assignment, int machines, List<Process> processes) {
        int[] start = new int[processes.size()];
        int resources = processes.getFirst().requirement().length;
        long[] used = new long[machines * resources];
        for (int p = 0; p < start.length; p++) {
            start[p] = assignment.next("the machine of process " + p, 0, machines - 1);
            for (int r = 0; r < resources; r++) {
                used[start[p] * resources + r] += processes.get(p).requirement()[r];
                if (used[start[p] * resources + r] > MOST_AMOUNT) {
                    throw assignment.wrong("with process " + p + ", machine " + start[p] + " has to give more than "
                            + MOST_AMOUNT + " of resource " + r);
                }
            }
        }
        assignment.end();
        return start;
    }

    private int weight(String what) {
        return model.next(what, 0, Integer.MAX_VALUE);
    }

    private int[] amounts(int count, String what, int most) {
        int[] amounts = new int[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = model.next(what, 0, most);
        }
        return amounts;
    }

    private List<Resource> resources() {
        int count = model.next("the number of resources", 1, 1000);
        List<Resource> resources = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            boolean isTransient = model.next("whether resource " + r + " is transient", 0, 1) == 1;
            resources.add(new Resource(isTransient, weight("the load weight of resource " + r)));
        }
        return resources;
    }

    private List<Machine> machines(int resources) {
        int count = model.next("the number of machines", 1, MOST);
        List<Machine> machines = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            String of = " of machine " + m;
            int neighbourhood = model.next("the neighbourhood" + of, 0, MOST);
            int location = model.next("the location" + of, 0, MOST);
            machines.add(new Machine(
                    neighbourhood,
                    location,
                    amounts(resources, "a capacity" + of, MOST_AMOUNT),
                    amounts(resources, "a safety capacity" + of, MOST_AMOUNT),
                    amounts(count, "a move cost" + of, Integer.MAX_VALUE)));
        }
        return machines;
    }

    private List<Service> services() {
        int count = model.next("the number of services", 1, MOST);
        List<Service> services = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            String of = " of service " + s;
            int spread = model.next("the least spread" + of, 0, MOST);
            int[] dependsOn = new int[model.next("the number of dependencies" + of, 0, count)];
            for (int d = 0; d < dependsOn.length; d++) {
                dependsOn[d] = model.next("a dependency" + of, 0, count - 1);
            }
            services.add(new Service(spread, dependsOn));
        }
        return services;
    }

    private List<Process> processes(int services, int resources) {
        int count = model.next("the number of processes", 1, MOST);
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            String of = " of process " + p;
            int service = model.next("the service" + of, 0, services - 1);
            processes.add(new Process(
                    service, amounts(resources, "a requirement" + of, MOST_AMOUNT), weight("the move cost" + of)));
        }
        return processes;
    }

    private List<Balance> balances(int resources) {
        int count = model.next("the number of balance costs", 0, 1000);
        List<Balance> balances = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            String of = " of balance cost " + b;
            balances.add(new Balance(
                    model.next("the first resource" + of, 0, resources - 1),
                    model.next("the second resource" + of, 0, resources - 1),
                    model.next("the target" + of, 0, Integer.MAX_VALUE),
                    weight("the weight" + of)));
        }
        return balances;
    }
}

package dev.drover.bench.roadef;

import java.util.Arrays;
import java.util.List;

/**
 * One instance as the challenge gives it.
 *
 * @param assignment for each process the number of its machine at the start
 */
record RoadefInstance(
        List<Resource> resources,
        List<Machine> machines,
        List<Service> services,
        List<Process> processes,
        List<Balance> balances,
        long processMoveWeight,
        long serviceMoveWeight,
        long machineMoveWeight,
        int[] assignment) {

    /** @param isTransient whether a moved process still uses it where it was */
    record Resource(boolean isTransient, int loadWeight) {}

    record Machine(int neighbourhood, int location, int[] capacity, int[] safety, int[] moveCost) {}

    record Service(int spread, int[] dependsOn) {}

    record Process(int service, int[] requirement, int moveCost) {}

    record Balance(int first, int second, int target, int weight) {}

    /** What a move between two machines costs at most, with its weight. */
    double mostMachineMove() {
        return (double) machineMoveWeight
                * machines.stream()
                        .mapToInt(machine ->
                                Arrays.stream(machine.moveCost()).max().orElse(0))
                        .max()
                        .orElse(0);
    }

    /** More than any assignment costs. */
    double mostCost() {
        double cost = processes.size() * (serviceMoveWeight + mostMachineMove());
        for (Process process : processes) {
            cost += (double) processMoveWeight * process.moveCost();
            for (int r = 0; r < resources.size(); r++) {
                cost += (double) resources.get(r).loadWeight() * process.requirement()[r];
            }
            for (Balance balance : balances) {
                cost += (double) balance.weight() * process.requirement()[balance.second()];
            }
        }
        for (Balance balance : balances) {
            for (Machine machine : machines) {
                cost += (double) balance.weight() * balance.target() * machine.capacity()[balance.first()];
            }
        }
        return cost;
    }
}

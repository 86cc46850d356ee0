package dev.drover.bench.roadef;

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
}

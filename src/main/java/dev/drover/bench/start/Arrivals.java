package dev.drover.bench.start;

import java.util.List;

/** Equal empty nodes, node n in zone n mod {@link #ZONES}, and what starts on them, in order. */
record Arrivals(int nodes, int cpu, int memory, List<Vm> vms) {
    static final int ZONES = 20;
    /** Stands for no group and no zone. */
    static final int NONE = -1;

    /**
     * @param spread two of such a group are never on one node
     * @param colocate all of such a group are on one node
     */
    record Vm(int cpu, int memory, int spread, int colocate, int zone) {}

    /** The same virtual machines with nothing that binds them. */
    Arrivals plain() {
        return new Arrivals(
                nodes,
                cpu,
                memory,
                vms.stream()
                        .map(vm -> new Vm(vm.cpu, vm.memory, NONE, NONE, NONE))
                        .toList());
    }
}

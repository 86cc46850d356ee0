package dev.drover.bench.planetlab;

import java.util.List;

/**
 * What one day's virtual machines asked for.
 *
 * @param percent of its VM's MIPS, for each VM and step
 */
public record Day(String name, List<int[]> percent) {
    /** Steps of a day. */
    public static final int STEPS = 288;

    static final int STEP_SECONDS = 300;
    static final int NODES = 800;

    int vms() {
        return percent.size();
    }

    VmKind kind(int vm) {
        return VmKind.of(vm, vms());
    }

    /** MIPS that the VM asks for during the step. */
    double demand(int vm, int step) {
        return percent.get(vm)[step] * kind(vm).mips() / 100.0;
    }
}

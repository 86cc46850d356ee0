package dev.drover.bench.planetlab;

/**
 * What a policy may know: the demand up to one step and nothing later.
 *
 * @param last the newest step that is known
 */
record History(Day day, int last) {

    /** MIPS in the newest step. */
    double demand(int vm) {
        return day.demand(vm, last);
    }

    /**
     * MIPS in a step.
     *
     * @throws IllegalArgumentException when that step is in the future
     */
    double demand(int vm, int step) {
        if (step > last) {
            throw new IllegalArgumentException("step (" + step + ") is in the future (" + last
                    + " is the last known). A policy decides on the past.");
        }
        return day.demand(vm, step);
    }

    int vms() {
        return day.vms();
    }

    VmKind kind(int vm) {
        return day.kind(vm);
    }
}

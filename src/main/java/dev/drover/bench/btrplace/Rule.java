package dev.drover.bench.btrplace;

/** What is to hold; nodes, virtual machines and resources by their numbers. */
sealed interface Rule {

    /** At the end the node is online. */
    record Online(int node) implements Rule {}

    /** At the end the node is offline. */
    record Offline(int node) implements Rule {}

    /** At the end the virtual machine runs. */
    record Running(int vm) implements Rule {}

    /** At the end the virtual machine has at least so much of the resource. */
    record Preserve(int vm, int resource, int amount) implements Rule {}

    /** Never do two of these run on one node. */
    record Spread(int[] vms) implements Rule {}

    /**
     * All of these that run are always in one part.
     *
     * @param partOf for each node its part, or {@link Reconfiguration#NONE}
     */
    record Among(int[] vms, int[] partOf) implements Rule {}
}

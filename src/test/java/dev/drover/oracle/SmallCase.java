package dev.drover.oracle;

import java.util.BitSet;
import java.util.List;

/**
 * Virtual machines on nodes under rules, in numbers: what the oracles solve. Made by {@link Reading}.
 *
 * @param source for each virtual machine the node where it runs, or -1 where it starts
 * @param rest for each the node where it will be if it is not moved: its source, or the target of its migration in flight
 * @param options for each the nodes where it may be at last; {@code rest} is one of them for those that may stay
 * @param outlawed those that rest where a rule about single nodes does not want them
 * @param request virtual machines x resources: what each holds on its node
 * @param room nodes x resources: what each node has for them
 * @param demand virtual machines x 2: the CPU and memory that each uses
 * @param allocatable nodes x 2
 * @param otherUse nodes x 2: use by anything else
 */
record SmallCase(
        int[] source,
        int[] rest,
        List<BitSet> options,
        BitSet outlawed,
        long[][] request,
        long[][] room,
        long[][] demand,
        long[][] allocatable,
        long[][] otherUse,
        List<PlainRule> rules) {

    /** Above these percentages of what is allocatable a node is hot: {@link dev.drover.placement.Goal#DEFAULT}. */
    static final int[] TARGET = {80, 85};

    /** What a migration costs: this part of an average node. It is of the order of what the engine asks of a migration. */
    static final int MOVES_PER_NODE = 200;

    int nodes() {
        return room.length;
    }

    int vms() {
        return rest.length;
    }

    boolean isInFlight(int vm) {
        return source[vm] != rest[vm];
    }

    /** Of all nodes together. */
    long allocatable(int kind) {
        long sum = 0;
        for (long[] amounts : allocatable) {
            sum += amounts[kind];
        }
        return sum;
    }

    /**
     * What a hundredth of a unit of one kind above a limit costs. The unit of cost is such that everything is a whole number: one
     * average node is {@link #averageNode} of it.
     */
    long excessCost(int kind) {
        return MOVES_PER_NODE / 100 * nodes() * allocatable(1 - kind);
    }

    long averageNode() {
        return MOVES_PER_NODE * moveCost();
    }

    long moveCost() {
        return allocatable(0) * allocatable(1);
    }
}

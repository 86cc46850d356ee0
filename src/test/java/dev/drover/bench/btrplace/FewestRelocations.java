package dev.drover.bench.btrplace;

import java.util.Arrays;

/** The fewest relocations with which what is to hold can hold at the end, by looking at every arrangement; the way there is not asked. */
final class FewestRelocations {
    static final int NONE_HOLDS = Integer.MAX_VALUE;

    private final Reconfiguration instance;
    private final int[] wanted;
    private final long[] left;
    private final int[] nodeOf;
    private int fewest = NONE_HOLDS;

    private FewestRelocations(Reconfiguration instance) {
        this.instance = instance;
        wanted = instance.vms().consumption().clone();
        left = Arrays.stream(instance.nodes().capacity()).asLongStream().toArray();
        nodeOf = new int[wanted.length];
        for (Rule rule : instance.rules()) {
            if (rule instanceof Rule.Preserve preserve) {
                wanted[preserve.vm()] = Math.max(wanted[preserve.vm()], preserve.amount());
            }
        }
    }

    /** @param instance of one resource, where all that is ready is to run */
    static int of(Reconfiguration instance) {
        FewestRelocations search = new FewestRelocations(instance);
        search.branch(0, 0);
        return search.fewest;
    }

    private void branch(int vm, int relocations) {
        if (relocations >= fewest) {
            return;
        }
        if (vm == nodeOf.length) {
            fewest = instance.rules().stream().allMatch(this::holds) ? relocations : fewest;
            return;
        }
        int home = instance.vms().nodeOf()[vm];
        for (int node = 0; node < left.length; node++) {
            if (instance.nodes().online().get(node) && left[node] >= wanted[vm]) {
                left[node] -= wanted[vm];
                nodeOf[vm] = node;
                branch(vm + 1, relocations + (home == node || home == Reconfiguration.NONE ? 0 : 1));
                left[node] += wanted[vm];
            }
        }
    }

    private boolean holds(Rule rule) {
        return switch (rule) {
            case Rule.Spread(int[] vms) ->
                Arrays.stream(vms).map(vm -> nodeOf[vm]).distinct().count() == vms.length;
            case Rule.Among(int[] vms, int[] partOf) ->
                Arrays.stream(vms)
                                .flatMap(vm ->
                                        Arrays.stream(new int[] {instance.vms().nodeOf()[vm], nodeOf[vm]}))
                                .filter(node -> node != Reconfiguration.NONE)
                                .map(node -> partOf[node])
                                .distinct()
                                .count()
                        <= 1;
            default -> true;
        };
    }
}

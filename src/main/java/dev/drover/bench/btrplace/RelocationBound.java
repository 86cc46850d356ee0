package dev.drover.bench.btrplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A lower bound of the relocations: so many must leave each node that what stays fits, the largest first, by the resource that needs most
 * of them. Where they go is not asked.
 */
final class RelocationBound {
    private RelocationBound() {}

    static long of(Reconfiguration instance) {
        int resources = instance.resources().size();
        int[] amounts = instance.vms().consumption().clone();
        for (Rule rule : instance.rules()) {
            if (rule instanceof Rule.Preserve preserve) {
                int cell = preserve.vm() * resources + preserve.resource();
                amounts[cell] = Math.max(amounts[cell], preserve.amount());
            }
        }
        List<List<Integer>> on = new ArrayList<>();
        for (int node = 0; node < instance.nodes().count(); node++) {
            on.add(new ArrayList<>());
        }
        int[] nodeOf = instance.vms().nodeOf();
        for (int vm = 0; vm < nodeOf.length; vm++) {
            if (nodeOf[vm] != Reconfiguration.NONE) {
                on.get(nodeOf[vm]).add(vm);
            }
        }
        long sum = 0;
        for (int node = 0; node < on.size(); node++) {
            int most = 0;
            for (int r = 0; r < resources; r++) {
                int[] column = new int[on.get(node).size()];
                for (int i = 0; i < column.length; i++) {
                    column[i] = amounts[on.get(node).get(i) * resources + r];
                }
                most = Math.max(most, leaving(column, instance.nodes().capacity()[node * resources + r]));
            }
            sum += most;
        }
        return sum;
    }

    private static int leaving(int[] amounts, int capacity) {
        Arrays.sort(amounts);
        long used = 0;
        int staying = 0;
        while (staying < amounts.length && used + amounts[staying] <= capacity) {
            used += amounts[staying++];
        }
        return amounts.length - staying;
    }
}

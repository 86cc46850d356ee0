package dev.drover.bench.start;

import dev.drover.bench.start.Arrivals.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of arrivals, with plain collections and from nothing. */
final class ArrivalsEvaluator {
    private ArrivalsEvaluator() {}

    /** @param nodeOf by the place of a virtual machine in the list, its node; without those that were not placed */
    static List<String> breaches(Arrivals arrivals, Map<Integer, Integer> nodeOf) {
        List<String> breaches = new ArrayList<>();
        Map<Integer, Long> cpu = new HashMap<>();
        Map<Integer, Long> memory = new HashMap<>();
        Set<List<Integer>> spread = new HashSet<>();
        Map<Integer, Integer> together = new HashMap<>();
        nodeOf.forEach((index, node) -> {
            Vm vm = arrivals.vms().get(index);
            cpu.merge(node, (long) vm.cpu(), Long::sum);
            memory.merge(node, (long) vm.memory(), Long::sum);
            if (vm.zone() != Arrivals.NONE && node % Arrivals.ZONES != vm.zone()) {
                breaches.add("VM " + index + " is on node " + node + ", which is not in zone " + vm.zone());
            }
            if (vm.spread() != Arrivals.NONE && !spread.add(List.of(vm.spread(), node))) {
                breaches.add("two of spread group " + vm.spread() + " are on node " + node);
            }
            Integer other = vm.colocate() == Arrivals.NONE ? null : together.putIfAbsent(vm.colocate(), node);
            if (other != null && !other.equals(node)) {
                breaches.add("colocate group " + vm.colocate() + " is on nodes " + other + " and " + node);
            }
        });
        over(breaches, "CPU", cpu, arrivals.cpu());
        over(breaches, "memory", memory, arrivals.memory());
        return breaches;
    }

    private static void over(List<String> breaches, String what, Map<Integer, Long> used, long capacity) {
        used.forEach((node, amount) -> {
            if (amount > capacity) {
                breaches.add("node " + node + " uses " + amount + " of " + capacity + " " + what);
            }
        });
    }
}

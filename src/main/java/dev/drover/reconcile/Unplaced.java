package dev.drover.reconcile;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Gang;
import dev.drover.placement.Goal;
import dev.drover.placement.Start;
import dev.drover.placement.StartDecision;
import dev.drover.placement.StartPlacement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Why virtual machines that are to start find no node, one beside the other. A pure function. */
final class Unplaced {
    /** To ask costs as much as to place it. */
    private static final int MOST = 200;

    private static final String RULES =
            "Change the rules that keep it away, its selectors and tolerations, or open nodes to it.";

    private Unplaced() {}

    /** By virtual machine, for people; those that find a node, or are promised one, are not named. */
    static Map<VmId, String> of(Cluster cluster, CompiledRules rules) {
        List<Integer> starting = IntStream.range(0, cluster.vms().size())
                .filter(vm -> starts(cluster.vms().get(vm)))
                .limit(MOST)
                .boxed()
                .toList();
        if (starting.isEmpty()) {
            return Map.of();
        }
        BitSet everywhere = new BitSet();
        everywhere.set(0, cluster.nodes().size());
        StartPlacement placement = StartPlacement.of(cluster, rules, everywhere, Goal.DEFAULT);
        List<StartDecision> decisions = placement.decide(starting.stream()
                .map(vm -> Gang.of(new Start(vm, cluster.vms().get(vm).requests(), false)))
                .toList());
        Map<VmId, String> unplaced = new HashMap<>();
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof StartDecision.Unplaceable none) {
                String help = placement.shortage(starting.get(i));
                unplaced.put(
                        none.vm(), "It finds no node: %s. %s".formatted(none.why(), help.isEmpty() ? RULES : help));
            }
        }
        return unplaced;
    }

    private static boolean starts(Vm vm) {
        return !vm.running() && vm.target() == null;
    }
}

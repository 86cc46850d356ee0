package dev.drover.admission;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Vm;
import dev.drover.placement.StartDecision;
import java.util.ArrayList;
import java.util.List;

/** Engines for tests. */
final class Choosers {
    static final StartChooser ENGINE = (cluster, rules, vms, nodes, goal) -> {
        int[] count = new int[cluster.nodes().size()];
        int[] home = new int[cluster.vms().size()];
        for (int i = 0; i < home.length; i++) {
            Vm vm = cluster.vms().get(i);
            home[i] = vm.node() == null ? -1 : cluster.nodeIndex().get(vm.node());
            if (home[i] >= 0) {
                count[home[i]]++;
            }
        }
        List<StartDecision> decisions = new ArrayList<>();
        for (int vm : vms) {
            int best = -1;
            for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
                if (rules.mayEnter().get(vm).get(node)
                        && free(rules, home, vm, node)
                        && (best < 0 || count[node] < count[best])) {
                    best = node;
                }
            }
            if (best < 0) {
                decisions.add(
                        new StartDecision.Unplaceable(cluster.vms().get(vm).id(), "nothing is open"));
            } else {
                home[vm] = best;
                count[best]++;
                decisions.add(new StartDecision.Placed(
                        cluster.vms().get(vm).id(), cluster.nodes().get(best).name(), ""));
            }
        }
        return decisions;
    };

    private Choosers() {}

    private static boolean free(CompiledRules rules, int[] home, int vm, int node) {
        for (CompiledRules.Separation apart : rules.separations()) {
            for (int other = 0; other < home.length; other++) {
                boolean meet = other != vm
                        && home[other] >= 0
                        && apart.domainOf()[home[other]] == apart.domainOf()[node]
                        && apart.domainOf()[node] >= 0;
                boolean bound = apart.holders().get(vm) && apart.members().get(other)
                        || apart.members().get(vm) && apart.holders().get(other);
                if (meet && bound) {
                    return false;
                }
            }
        }
        return true;
    }
}

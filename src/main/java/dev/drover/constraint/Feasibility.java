package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether constraints can hold together in a cluster, resources aside. Only what lasts is looked at: labels, lasting taints,
 * and what each virtual machine demands of its node; not cordons, readiness and the pods of today. A virtual machine may stay where
 * it is unless a constraint says otherwise, and one that no node would take anyway is left out.
 */
final class Feasibility {
    /** Taints that Kubernetes sets for a while. */
    private static final String PASSING_TAINTS = "node.kubernetes.io/";

    sealed interface Verdict {
        /** Some placement satisfies all constraints. */
        record Possible() implements Verdict {}

        /** @param vms where the constraints meet */
        record Impossible(String why, BitSet vms) implements Verdict {}

        /** The search ended before it knew. */
        record Unknown() implements Verdict {}
    }

    private final Lookup lookup;
    private final int[] nodeOf;
    private final BitSet placeable = new BitSet();

    Feasibility(Cluster cluster) {
        lookup = new Lookup(lasting(cluster));
        List<Vm> vms = lookup.cluster.vms();
        nodeOf = vms.stream().mapToInt(vm -> lookup.node(vm.node())).toArray();
        List<BitSet> free = ConstraintCompiler.compile(lookup, List.of()).mayEnter();
        for (int vm = 0; vm < vms.size(); vm++) {
            placeable.set(vm, nodeOf[vm] >= 0 || !free.get(vm).isEmpty());
        }
    }

    Lookup lookup() {
        return lookup;
    }

    Verdict judge(List<Constraint> constraints) {
        CompiledRules rules = ConstraintCompiler.compile(lookup, constraints);
        BitSet[] options = options(rules);
        Optional<Verdict.Impossible> obvious = new NecessaryConditions(lookup, rules, placeable, options).broken();
        if (obvious.isPresent()) {
            return obvious.get();
        }
        return new PlacementSearch(rules, placeable, options).run();
    }

    /** By virtual machine: the nodes that it may be on. */
    private BitSet[] options(CompiledRules rules) {
        BitSet[] options = new BitSet[nodeOf.length];
        for (int vm = 0; vm < options.length; vm++) {
            boolean pinned = rules.pinned().get(vm) && nodeOf[vm] >= 0;
            options[vm] =
                    pinned ? new BitSet() : (BitSet) rules.mayEnter().get(vm).clone();
            if (nodeOf[vm] >= 0 && !rules.mustLeave().get(vm)) {
                options[vm].set(nodeOf[vm]);
            }
        }
        return options;
    }

    private static Cluster lasting(Cluster cluster) {
        return new Cluster(
                cluster.takenAt(),
                cluster.nodes().stream().map(Feasibility::lasting).toList(),
                cluster.vms().stream().map(Feasibility::lasting).toList(),
                List.of(),
                List.of(),
                cluster.namespaces());
    }

    private static Node lasting(Node node) {
        return new Node(
                node.name(),
                node.uid(),
                node.labels(),
                node.taints().stream()
                        .filter(taint -> !taint.key().startsWith(PASSING_TAINTS))
                        .toList(),
                true,
                false,
                node.allocatable(),
                null);
    }

    private static Vm lasting(Vm vm) {
        Scheduling all = vm.scheduling();
        Scheduling ofNodes =
                new Scheduling(all.nodeSelector(), all.nodeTerms(), all.tolerations(), List.of(), List.of(), List.of());
        return new Vm(
                vm.id(),
                vm.uid(),
                vm.instanceUid(),
                vm.owned(),
                vm.labels(),
                vm.node(),
                null,
                vm.requests(),
                vm.demand(),
                ofNodes,
                vm.migratability());
    }
}

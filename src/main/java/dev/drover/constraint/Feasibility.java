package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Scheduling;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether constraints can hold together in a cluster, resources aside. Only what lasts is looked at: labels, lasting taints,
 * and what each virtual machine demands of its node; not cordons, readiness and the pods of today. A virtual machine may stay where
 * it is unless a constraint says otherwise, and one that no node would take anyway is left out.
 */
final class Feasibility {
    /** Taints that Kubernetes sets for a while. */
    private static final String PASSING_TAINTS = "node.kubernetes.io/";

    /** A second at most. */
    private static final int MOST_WORK = 2_000_000;

    sealed interface Verdict {
        /** Some placement satisfies all constraints. */
        record Possible() implements Verdict {}

        /** @param vms where the constraints meet */
        record Impossible(String why, List<VmId> vms) implements Verdict {
            public Impossible {
                vms = List.copyOf(vms);
            }
        }

        /** The search ended before it knew. */
        record Unknown() implements Verdict {}
    }

    private final Lookup lookup;
    private final BitSet placeable = new BitSet();
    private final Map<ConstraintId, BitSet> concerned = new HashMap<>();

    Feasibility(Cluster cluster) {
        lookup = new Lookup(lasting(cluster));
        List<BitSet> free = ConstraintCompiler.compile(lookup, List.of()).mayEnter();
        for (int vm = 0; vm < free.size(); vm++) {
            boolean runs = lookup.node(lookup.cluster.vms().get(vm).node()) >= 0;
            placeable.set(vm, runs || !free.get(vm).isEmpty());
        }
    }

    /** The virtual machines that a constraint binds; must not be written. */
    BitSet concerned(Constraint constraint) {
        return concerned.computeIfAbsent(constraint.id(), id -> {
            BitSet vms = concerned(lookup, constraint);
            vms.and(placeable);
            return vms;
        });
    }

    /** Those that it selects, and those that it keeps away from them. */
    static BitSet concerned(Lookup lookup, Constraint constraint) {
        BitSet vms = (BitSet) lookup.selected(constraint.selection()).clone();
        if (constraint.rule() instanceof Rule.SeparateFrom separateFrom) {
            vms.or(lookup.selected(separateFrom.others()));
        }
        if (constraint.rule() instanceof Rule.Exclusive && !vms.isEmpty()) {
            vms.or(lookup.notSelected(constraint.selection()));
        }
        return vms;
    }

    Verdict judge(List<Constraint> constraints) {
        BitSet vms = new BitSet();
        constraints.forEach(constraint -> vms.or(concerned(constraint)));
        Lookup part = new Lookup(only(lookup.cluster, vms));
        CompiledRules rules = ConstraintCompiler.compile(part, constraints);
        return decide(part, rules, options(part, rules), new SearchBudget(MOST_WORK));
    }

    /** @param options by virtual machine: the nodes that it may be on */
    static Verdict decide(Lookup part, CompiledRules rules, BitSet[] options, SearchBudget budget) {
        Optional<Verdict.Impossible> obvious = new NecessaryConditions(part, rules, options).broken();
        if (obvious.isPresent()) {
            return obvious.get();
        }
        int[] present =
                part.cluster.vms().stream().mapToInt(vm -> part.node(vm.node())).toArray();
        return switch (new PlacementSearch(rules, options, present, budget).run()) {
            case FOUND -> new Verdict.Possible();
            case GAVE_UP -> new Verdict.Unknown();
            case NONE ->
                new Verdict.Impossible(
                        "no placement satisfies all of them",
                        part.cluster.vms().stream().map(Vm::id).toList());
        };
    }

    /** A cluster with these virtual machines only, and without pods and migrations. */
    static Cluster only(Cluster all, BitSet vms) {
        List<Vm> some = vms.stream().mapToObj(all.vms()::get).toList();
        return new Cluster(all.takenAt(), all.nodes(), some, List.of(), List.of(), all.namespaces());
    }

    /** By virtual machine: the nodes that it may be on. */
    private static BitSet[] options(Lookup part, CompiledRules rules) {
        BitSet[] options = new BitSet[rules.mayEnter().size()];
        for (int vm = 0; vm < options.length; vm++) {
            int node = part.node(part.cluster.vms().get(vm).node());
            boolean pinned = rules.pinned().get(vm) && node >= 0;
            options[vm] =
                    pinned ? new BitSet() : (BitSet) rules.mayEnter().get(vm).clone();
            if (node >= 0 && !rules.mustLeave().containsKey(vm)) {
                options[vm].set(node);
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
        List<Taint> lasting = node.taints().stream()
                .filter(taint -> !taint.key().startsWith(PASSING_TAINTS))
                .toList();
        return node.with(lasting).inState(true, false).withOtherUsage(null);
    }

    private static Vm lasting(Vm vm) {
        return restingOn(vm, vm.node());
    }

    /** At rest on a node, without its terms about other pods. */
    static Vm restingOn(Vm vm, @Nullable String node) {
        Scheduling all = vm.scheduling();
        Scheduling ofNodes =
                new Scheduling(all.nodeSelector(), all.nodeTerms(), all.tolerations(), List.of(), List.of(), List.of());
        return vm.at(node, null).with(ofNodes);
    }
}

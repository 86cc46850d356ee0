package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Scheduling;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final int mostBound;
    private final BitSet placeable = new BitSet();
    private final Map<VmId, Integer> vmIndex;
    private final Map<ConstraintId, BitSet> concerned = new HashMap<>();
    private final Set<ConstraintId> wide = new HashSet<>();

    /** @param mostBound see {@link #isWide} */
    Feasibility(Cluster cluster, int mostBound) {
        this.mostBound = mostBound;
        lookup = new Lookup(lasting(cluster));
        vmIndex = lookup.cluster.vmIndex();
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
            if (vms.cardinality() > mostBound) {
                wide.add(id);
            }
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

    /** Whether it binds more virtual machines than a search can place: what it forbids to some of them can still be found out. */
    boolean isWide(Constraint constraint) {
        concerned(constraint);
        return wide.contains(constraint.id());
    }

    /** Whether it binds one of these. */
    boolean concerns(Constraint constraint, Collection<VmId> vms) {
        BitSet concerned = concerned(constraint);
        return vms.stream().anyMatch(vm -> concerned.get(vmIndex.get(vm)));
    }

    /** Of wide constraints it judges what they ask of the virtual machines that the others bind, of wide ones alone everything. */
    Verdict judge(List<Constraint> constraints) {
        List<Constraint> narrow =
                constraints.stream().filter(constraint -> !isWide(constraint)).toList();
        List<Constraint> judged = narrow.isEmpty()
                ? constraints
                : constraints.stream().filter(this::holdsForEachPart).toList();
        Lookup part = only(bound(narrow.isEmpty() ? constraints : narrow));
        CompiledRules rules = ConstraintCompiler.compile(part, judged);
        return decide(part, rules, options(part, rules), new SearchBudget(MOST_WORK));
    }

    /** What is obvious of all that all of them bind. */
    Optional<Verdict.Impossible> judgeTogether(List<Constraint> constraints) {
        Lookup part = only(bound(constraints));
        CompiledRules rules = ConstraintCompiler.compile(part, constraints);
        return new NecessaryConditions(part, rules, options(part, rules)).broken();
    }

    /** Whether a placement that satisfies it still does so without some of its virtual machines; not asked of narrow ones. */
    private boolean holdsForEachPart(Constraint constraint) {
        return !isWide(constraint)
                || !(constraint.rule() instanceof Rule.Spread spread
                        && spread.maxSkew().isPresent());
    }

    private BitSet bound(List<Constraint> constraints) {
        BitSet vms = new BitSet();
        constraints.forEach(constraint -> vms.or(concerned(constraint)));
        return vms;
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

    private Lookup only(BitSet vms) {
        return lookup.with(vms.stream().mapToObj(lookup.cluster.vms()::get).toList());
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

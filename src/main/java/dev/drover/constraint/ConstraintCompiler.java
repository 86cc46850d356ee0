package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.CompiledRules.Together;
import dev.drover.constraint.EntryFilters.Filter;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns constraints, and the native terms of a cluster's pods, into numbers for the solver. A pure function of its arguments.
 *
 * <p>It must not be used to check a result: {@link ConstraintChecker} says independently whether constraints hold.
 */
public final class ConstraintCompiler {
    private final Lookup lookup;
    private final List<Constraint> constraints;
    private final EntryFilters filters;
    private final int[] nodeOf;
    private final BitSet pinned = new BitSet();
    private final List<Separation> separations = new ArrayList<>();
    private final List<Skew> skews = new ArrayList<>();
    private final List<Together> togethers = new ArrayList<>();
    private final List<Cap> caps = new ArrayList<>();
    private final List<Cap> reserves = new ArrayList<>();

    private ConstraintCompiler(Lookup lookup, List<Constraint> constraints) {
        this.constraints = constraints;
        this.lookup = lookup;
        Cluster cluster = lookup.cluster;
        filters = new EntryFilters(cluster.nodes().size(), cluster.vms().size());
        nodeOf = cluster.vms().stream().mapToInt(vm -> lookup.node(vm.node())).toArray();
    }

    /** @param constraints that are to be acted on: without those that conflict with older ones */
    public static CompiledRules compile(Cluster cluster, List<Constraint> constraints) {
        return compile(new Lookup(cluster), constraints);
    }

    static CompiledRules compile(Lookup lookup, List<Constraint> constraints) {
        return new ConstraintCompiler(lookup, constraints).rules();
    }

    /** The answers of {@link EntryRules} for the same arguments. */
    static EntryFilters filters(Cluster cluster, List<Constraint> constraints) {
        ConstraintCompiler compiler = new ConstraintCompiler(new Lookup(cluster), constraints);
        compiler.rules();
        return compiler.filters;
    }

    private CompiledRules rules() {
        new NodeFilters(lookup).addTo(filters);
        constraints.forEach(this::addNodeRule);
        List<BitSet> reach = filters.nodes();
        constraints.forEach(constraint -> addKernel(constraint, reach));
        NativeRules natives = new NativeRules(lookup, constraints, filters);
        natives.compile();
        separations.addAll(natives.separations());
        skews.addAll(natives.skews());
        return new CompiledRules(
                filters.nodes(),
                filters.mustLeave(),
                pinned,
                List.copyOf(separations),
                List.copyOf(skews),
                List.copyOf(togethers),
                natives.attractions(),
                List.copyOf(caps),
                List.copyOf(reserves));
    }

    private void addNodeRule(Constraint constraint) {
        switch (constraint.rule()) {
            case Rule.AllowedNodes allowed ->
                addLeaving(constraint, lookup.nodes(allowed.nodes()), constraint.id() + " does not allow the node");
            case Rule.ForbiddenNodes forbidden ->
                addLeaving(
                        constraint,
                        lookup.nodes(node -> !forbidden.nodes().matches(node.labels())),
                        constraint.id() + " forbids the node");
            case Rule.Pinned rule -> pinned.or(lookup.selected(constraint.selection()));
            case Rule.Quarantine quarantine -> addQuarantine(constraint, lookup.nodes(quarantine.nodes()));
            case Rule.Reserve reserve ->
                addLeaving(
                        constraint,
                        lookup.nodes(node -> reserve.amount().names().stream()
                                .allMatch(name -> node.allocatable().get(name)
                                        >= reserve.amount().get(name))),
                        constraint.id() + " reserves more than the node has");
            case Rule.Overcommit rule -> {}
            case Rule.MaxNodesInUse rule -> {}
            case Rule.Spread rule -> {}
            case Rule.Colocate rule -> {}
            case Rule.SameDomain rule -> {}
            case Rule.SeparateFrom rule -> {}
            case Rule.Exclusive rule -> {}
            case Rule.Capacity rule -> {}
        }
    }

    private void addKernel(Constraint constraint, List<BitSet> reach) {
        switch (constraint.rule()) {
            case Rule.Spread spread -> addSpread(constraint, spread, reach);
            case Rule.Colocate colocate -> addTogether(constraint, colocate.topologyKey());
            case Rule.SameDomain sameDomain -> addTogether(constraint, sameDomain.topologyKey());
            case Rule.SeparateFrom rule -> addSeparation(constraint, lookup.selected(rule.others()));
            case Rule.Exclusive rule -> addSeparation(constraint, lookup.notSelected(constraint.selection()));
            case Rule.Capacity capacity -> caps.add(cap(constraint, capacity));
            case Rule.Overcommit rule -> caps.add(cap(constraint, rule));
            case Rule.MaxNodesInUse rule -> addNodesInUse(constraint, rule);
            case Rule.Reserve rule ->
                reserves.addAll(Reserves.caps(
                        lookup, lookup.selected(constraint.selection()), rule.amount(), origin(constraint)));
            case Rule.AllowedNodes rule -> {}
            case Rule.ForbiddenNodes rule -> {}
            case Rule.Quarantine rule -> {}
            case Rule.Pinned rule -> {}
        }
    }

    private void addSpread(Constraint constraint, Rule.Spread spread, List<BitSet> reach) {
        BitSet vms = lookup.selected(constraint.selection());
        Domains domains = topology(constraint, spread.topologyKey());
        if (spread.maxSkew().isPresent()) {
            Domains reached = domains.reachedBy(union(vms, reach));
            int[] none = new int[reached.count()];
            skews.add(new Skew(
                    origin(constraint),
                    reached.of(),
                    vms,
                    none,
                    spread.maxSkew().getAsInt()));
        } else {
            separations.add(new Separation(origin(constraint), domains.of(), vms, vms));
        }
    }

    private void addTogether(Constraint constraint, String topologyKey) {
        Domains domains = topology(constraint, topologyKey);
        togethers.add(new Together(origin(constraint), domains.of(), lookup.selected(constraint.selection()), 1));
    }

    private void addNodesInUse(Constraint constraint, Rule.MaxNodesInUse rule) {
        Domains nodes = lookup.everyNode().within(lookup.nodes(rule.nodes()));
        togethers.add(
                new Together(origin(constraint), nodes.of(), lookup.selected(constraint.selection()), rule.max()));
    }

    private void addQuarantine(Constraint constraint, BitSet nodes) {
        BitSet vms = lookup.selected(constraint.selection());
        String reason = constraint.id() + " lets nobody enter the node";
        filters.add(vms, new Filter(allBut(nodes), node -> reason));
        vms.stream().filter(vm -> nodeOf[vm] >= 0 && nodes.get(nodeOf[vm])).forEach(pinned::set);
    }

    private void addSeparation(Constraint constraint, BitSet others) {
        BitSet vms = lookup.selected(constraint.selection());
        separations.add(new Separation(origin(constraint), lookup.everyNode().of(), vms, others));
    }

    private static Origin origin(Constraint constraint) {
        return new Origin(constraint.title(), constraint.required(), constraint.during(), constraint.weight());
    }

    /** The domains of a topology key, whose other nodes the virtual machines do not enter. */
    private Domains topology(Constraint constraint, String topologyKey) {
        Domains domains = lookup.domains(topologyKey);
        String reason = constraint.id() + " needs the label (" + topologyKey + "), which the node does not have";
        addLeaving(constraint, domains.labelled(), reason);
        return domains;
    }

    private void addLeaving(Constraint constraint, BitSet nodes, String reason) {
        BitSet vms = lookup.selected(constraint.selection());
        if (constraint.required()) {
            filters.addLeaving(vms, new Filter(nodes, node -> reason), nodeOf, origin(constraint));
        } else {
            caps.add(noneOutside(constraint, nodes, vms));
        }
    }

    /** What is preferred takes no nodes away: everyone on another node is a breach. */
    private Cap noneOutside(Constraint constraint, BitSet nodes, BitSet vms) {
        Domains outside = Domains.ofOne(allBut(nodes), lookup.cluster.nodes().size());
        return new Cap(origin(constraint), outside.of(), vms, weights(null), new long[1]);
    }

    private BitSet allBut(BitSet nodes) {
        BitSet others = new BitSet();
        others.set(0, lookup.cluster.nodes().size());
        others.andNot(nodes);
        return others;
    }

    private Cap cap(Constraint constraint, Rule.Capacity capacity) {
        BitSet nodes = lookup.nodes(capacity.nodes());
        String topologyKey = capacity.topologyKey();
        Domains domains = topologyKey == null
                ? Domains.ofOne(nodes, lookup.cluster.nodes().size())
                : lookup.domains(topologyKey).within(nodes);
        long[] max = new long[domains.count()];
        Arrays.fill(max, capacity.max());
        BitSet vms = lookup.selected(constraint.selection());
        return new Cap(origin(constraint), domains.of(), vms, weights(capacity.resource()), max);
    }

    private Cap cap(Constraint constraint, Rule.Overcommit rule) {
        Domains domains = lookup.everyNode().within(lookup.nodes(rule.nodes()));
        long[] max = lookup.cluster.nodes().stream()
                .mapToLong(node -> rule.most(node.allocatable().get(rule.resource())))
                .toArray();
        long[] given = lookup.cluster.vms().stream()
                .mapToLong(vm -> vm.guest().get(rule.resource()))
                .toArray();
        return new Cap(origin(constraint), domains.of(), lookup.selected(constraint.selection()), given, max);
    }

    private long[] weights(@Nullable String resource) {
        return lookup.cluster.vms().stream()
                .mapToLong(vm -> weight(vm, resource))
                .toArray();
    }

    private static long weight(Vm vm, @Nullable String resource) {
        return resource == null ? 1 : vm.requests().get(resource);
    }

    private static BitSet union(BitSet vms, List<BitSet> nodes) {
        BitSet result = new BitSet();
        vms.stream().mapToObj(nodes::get).distinct().forEach(result::or);
        return result;
    }
}

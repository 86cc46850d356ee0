package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Attraction;
import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.EntryFilters.Filter;
import dev.drover.model.Pod;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The terms of pods as kube-scheduler reads them, in both directions: those of the next launcher pods against all running pods,
 * and those of all running pods against the next launcher pods.
 *
 * <p>A term on a running launcher pod that its successor will carry again moves with the virtual machine and becomes a kernel. One
 * that it will not carry, or that another pod carries, stays where it is: the virtual machines that it selects do not enter that
 * domain.
 */
final class NativeRules {
    private final Lookup lookup;
    private final EntryFilters filters;
    private final Map<PodTerm, BitSet> carriedByRules = new LinkedHashMap<>();
    private final Map<PodTerm, AntiAffinity> antiAffinities = new LinkedHashMap<>();
    private final List<Skew> skews = new ArrayList<>();
    private final List<Attraction> attractions = new ArrayList<>();

    /** Virtual machines whose next pods count the same pods over the same nodes. */
    private record SpreadGroup(
            String namespace, TopologySpread spread, Map<String, String> nodeSelector, List<Selector> nodeTerms) {}

    NativeRules(Lookup lookup, List<Constraint> constraints, EntryFilters filters) {
        this.lookup = lookup;
        this.filters = filters;
        constraints.stream()
                .flatMap(constraint -> CarriedTerm.of(constraint).stream())
                .forEach(this::addCarried);
    }

    void compile() {
        addTermsOfNextPods();
        lookup.cluster.pods().forEach(this::addTermsOfRunningPod);
        antiAffinities.values().forEach(AntiAffinity::filter);
        addAttractions();
        addSkews();
    }

    List<Separation> separations() {
        return antiAffinities.values().stream()
                .filter(AntiAffinity::separates)
                .map(AntiAffinity::separation)
                .toList();
    }

    List<Skew> skews() {
        return List.copyOf(skews);
    }

    List<Attraction> attractions() {
        return List.copyOf(attractions);
    }

    private void addCarried(CarriedTerm carried) {
        BitSet carriers =
                carried.outside() ? lookup.notSelected(carried.carriers()) : lookup.selected(carried.carriers());
        carriedByRules
                .computeIfAbsent(CarriedTerm.canonical(carried.term()), term -> new BitSet())
                .or(carriers);
    }

    private void addTermsOfNextPods() {
        for (int vm = 0; vm < lookup.cluster.vms().size(); vm++) {
            Vm value = lookup.cluster.vms().get(vm);
            for (PodTerm term : value.scheduling().antiAffinity()) {
                boolean meetsOwnPods = lookup.matchesNextPod(term, vm);
                antiAffinity(CarriedTerm.withOwnPods(term, value.instanceUid())).addHolder(vm, meetsOwnPods);
            }
        }
    }

    private void addTermsOfRunningPod(Pod pod) {
        int node = lookup.node(pod.node());
        if (node < 0) {
            return;
        }
        int owner = lookup.owner(pod);
        for (PodTerm term : pod.scheduling().antiAffinity()) {
            PodTerm general = pod.instanceUid() == null ? term : CarriedTerm.withOwnPods(term, pod.instanceUid());
            if (owner < 0 || !isCarriedAgain(general, owner) && !bindsOnlyItself(term, pod.instanceUid())) {
                boolean meetsOwnPods = owner >= 0 && lookup.matchesNextPod(term, owner);
                antiAffinity(general).addFixedHolder(new AntiAffinity.Fixture(node, owner, meetsOwnPods));
            }
        }
    }

    private boolean isCarriedAgain(PodTerm term, int vm) {
        PodTerm canonical = CarriedTerm.canonical(term);
        AntiAffinity known = antiAffinities.get(canonical);
        BitSet byRules = carriedByRules.get(canonical);
        return known != null && known.isHeldBy(vm) || byRules != null && byRules.get(vm);
    }

    /** KubeVirt keeps the target pod off its own source by such a term; it says nothing about others. */
    private static boolean bindsOnlyItself(PodTerm term, String instanceUid) {
        return term.pods().requirements().stream()
                .anyMatch(requirement -> requirement.key().equals(LauncherLabels.CREATED_BY)
                        && !requirement.matches(Map.of())
                        && requirement.values().equals(List.of(instanceUid)));
    }

    private AntiAffinity antiAffinity(PodTerm term) {
        return antiAffinities.computeIfAbsent(
                CarriedTerm.canonical(term), canonical -> new AntiAffinity(canonical, lookup, filters));
    }

    /** Kubernetes counts a pod towards required affinity only when it matches all the terms. */
    private void addAttractions() {
        Map<List<PodTerm>, BitSet> holders = new LinkedHashMap<>();
        for (int vm = 0; vm < lookup.cluster.vms().size(); vm++) {
            List<PodTerm> terms = lookup.cluster.vms().get(vm).scheduling().affinity();
            if (!terms.isEmpty()) {
                holders.computeIfAbsent(terms, key -> new BitSet()).set(vm);
            }
        }
        holders.forEach(this::addAttraction);
    }

    private void addAttraction(List<PodTerm> terms, BitSet holders) {
        BitSet members = lookup.matching(terms.getFirst());
        terms.stream().skip(1).map(lookup::matching).forEach(members::and);
        List<Pod> others = lookup.cluster.pods().stream()
                .filter(pod -> lookup.owner(pod) < 0)
                .filter(pod -> terms.stream().allMatch(term -> lookup.matches(term, pod)))
                .toList();
        for (PodTerm term : terms) {
            Domains domains = lookup.domains(term.topologyKey());
            String reason =
                    "required pod affinity needs the label (" + term.topologyKey() + "), which the node does not have";
            filters.add(holders, new Filter(domains.labelled(), node -> reason));
            attractions.add(new Attraction(Origin.NATIVE, domains.of(), holders, members, count(others, domains)));
        }
    }

    private int[] count(List<Pod> pods, Domains domains) {
        int[] counts = new int[domains.count()];
        for (Pod pod : pods) {
            int node = lookup.node(pod.node());
            if (node >= 0 && domains.of()[node] >= 0) {
                counts[domains.of()[node]]++;
            }
        }
        return counts;
    }

    private void addSkews() {
        Map<SpreadGroup, BitSet> groups = new LinkedHashMap<>();
        for (int vm = 0; vm < lookup.cluster.vms().size(); vm++) {
            Vm value = lookup.cluster.vms().get(vm);
            Scheduling scheduling = value.scheduling();
            for (TopologySpread spread : scheduling.spreads()) {
                SpreadGroup group = new SpreadGroup(
                        value.id().namespace(), spread, scheduling.nodeSelector(), scheduling.nodeTerms());
                groups.computeIfAbsent(group, key -> new BitSet()).set(vm);
            }
        }
        groups.forEach(this::addSkew);
    }

    /** By default Kubernetes counts over the nodes that the pod's own selector and affinity admit, tainted ones included. */
    private void addSkew(SpreadGroup group, BitSet holders) {
        TopologySpread spread = group.spread();
        Domains all = lookup.domains(spread.topologyKey());
        String reason = "topology spread needs the label (" + spread.topologyKey() + "), which the node does not have";
        filters.add(holders, new Filter(all.labelled(), node -> reason));
        Domains domains = all.within(lookup.nodes(node -> group.nodeSelector().entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(node.labels().get(entry.getKey())))
                && (group.nodeTerms().isEmpty() || NodeFilters.meetsOne(node, group.nodeTerms()))));
        PodTerm counted = new PodTerm(spread.pods(), Set.of(group.namespace()), Selector.NOTHING, spread.topologyKey());
        List<Pod> others = lookup.cluster.pods().stream()
                .filter(pod -> lookup.owner(pod) < 0 && !pod.terminating() && lookup.matches(counted, pod))
                .toList();
        Skew skew = new Skew(
                Origin.NATIVE, domains.of(), lookup.matching(counted), count(others, domains), spread.maxSkew());
        skews.add(skew);
        filterOwnDomains(skew, domains, holders);
    }

    /** While a virtual machine moves kube-scheduler counts it twice: in a domain that is full it cannot change its node. */
    private void filterOwnDomains(Skew skew, Domains domains, BitSet holders) {
        int[] counts = skew.fixedMembers().clone();
        skew.members().stream()
                .map(vm -> domainOf(vm, domains))
                .filter(domain -> domain >= 0)
                .forEach(domain -> {
                    counts[domain]++;
                });
        int least = IntStream.range(0, counts.length)
                .filter(domain -> !domains.nodes().get(domain).isEmpty())
                .map(domain -> counts[domain])
                .min()
                .orElse(0);
        BitSet twice = (BitSet) holders.clone();
        twice.and(skew.members());
        for (int vm : twice.stream().toArray()) {
            int domain = domainOf(vm, domains);
            if (domain >= 0 && counts[domain] + 1 - least > skew.maxSkew()) {
                BitSet free = new BitSet();
                free.set(0, domains.of().length);
                free.andNot(domains.nodes().get(domain));
                free.set(lookup.node(lookup.cluster.vms().get(vm).node()));
                filters.add(
                        vm, new Filter(free, node -> "topology spread has no room for a second copy in its domain"));
            }
        }
    }

    private int domainOf(int vm, Domains domains) {
        int node = lookup.node(lookup.cluster.vms().get(vm).node());
        return node < 0 ? -1 : domains.of()[node];
    }
}

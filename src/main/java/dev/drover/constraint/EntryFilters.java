package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Origin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The tests of single nodes that each virtual machine must pass, collected while rules are compiled. */
final class EntryFilters {
    /** Compared by identity: virtual machines with the same filters share one set of nodes. */
    static final class Filter {
        private final BitSet nodes;
        private final IntFunction<String> reason;

        /** @param reason says of a node that is not in {@code nodes} why it is not entered */
        Filter(BitSet nodes, IntFunction<String> reason) {
            this.nodes = nodes;
            this.reason = reason;
        }
    }

    private final int nodeCount;
    private final List<List<Filter>> filtersOf = new ArrayList<>();
    private final Map<Integer, Origin> mustLeave = new HashMap<>();

    EntryFilters(int nodeCount, int vmCount) {
        this.nodeCount = nodeCount;
        for (int vm = 0; vm < vmCount; vm++) {
            filtersOf.add(new ArrayList<>());
        }
    }

    void add(int vm, Filter filter) {
        filtersOf.get(vm).add(filter);
    }

    void add(BitSet vms, Filter filter) {
        vms.stream().forEach(vm -> add(vm, filter));
    }

    /** Like {@link #add(BitSet, Filter)}, and those that are on a node that the filter excludes must leave it because of {@code origin}. */
    void addLeaving(BitSet vms, Filter filter, int[] nodeOf, Origin origin) {
        add(vms, filter);
        vms.stream()
                .filter(vm -> nodeOf[vm] >= 0 && !filter.nodes.get(nodeOf[vm]))
                .forEach(vm -> mustLeave.putIfAbsent(vm, origin));
    }

    Map<Integer, Origin> mustLeave() {
        return Map.copyOf(mustLeave);
    }

    /** By virtual machine: the nodes that pass all filters added so far; equal filters give one shared set. */
    List<BitSet> nodes() {
        Map<List<Filter>, BitSet> shared = new HashMap<>();
        List<BitSet> result = new ArrayList<>(filtersOf.size());
        for (List<Filter> filters : filtersOf) {
            result.add(shared.computeIfAbsent(List.copyOf(filters), this::intersection));
        }
        return List.copyOf(result);
    }

    private BitSet intersection(List<Filter> filters) {
        BitSet nodes = new BitSet(nodeCount);
        nodes.set(0, nodeCount);
        filters.forEach(filter -> nodes.and(filter.nodes));
        return nodes;
    }

    List<String> reasons(int vm, int node) {
        return filtersOf.get(vm).stream()
                .filter(filter -> !filter.nodes.get(node))
                .map(filter -> filter.reason.apply(node))
                .distinct()
                .toList();
    }
}

package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Attraction;
import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.CompiledRules.Together;
import dev.drover.model.Cluster;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Evaluates compiled rules word by word as their documentation has it, as slowly as may be. */
final class KernelOracle {
    private final CompiledRules rules;
    private final List<Set<Integer>> nodesOf = new ArrayList<>();

    KernelOracle(Cluster cluster, CompiledRules rules, Occupancy occupancy) {
        this.rules = rules;
        Map<String, Integer> index = cluster.nodeIndex();
        cluster.vms().forEach(vm -> {
            Set<Integer> nodes = new HashSet<>();
            occupancy.nodes(vm.id()).forEach(node -> nodes.add(index.get(node)));
            nodesOf.add(nodes);
        });
    }

    /** The kernels that bind at each instant. */
    boolean holdsNow() {
        return hold(Origin::continuous);
    }

    boolean holdsAtRest() {
        return hold(Origin::required);
    }

    /** Whether nothing is missed that is only preferred. */
    boolean pleases() {
        return hold(origin -> !origin.required());
    }

    private boolean hold(Predicate<Origin> judged) {
        return rules.separations().stream().allMatch(rule -> !judged.test(rule.origin()) || holds(rule))
                && rules.skews().stream().allMatch(rule -> !judged.test(rule.origin()) || holds(rule))
                && rules.togethers().stream().allMatch(rule -> !judged.test(rule.origin()) || holds(rule))
                && rules.caps().stream().allMatch(rule -> !judged.test(rule.origin()) || holds(rule))
                && rules.reserves().stream().allMatch(rule -> !judged.test(rule.origin()) || holds(rule));
    }

    private Set<Integer> domains(int[] domainOf, int vm) {
        Set<Integer> domains = new HashSet<>();
        nodesOf.get(vm).forEach(node -> domains.add(domainOf[node]));
        domains.remove(-1);
        return domains;
    }

    private boolean holds(Separation rule) {
        for (int holder : rule.holders().stream().toArray()) {
            for (int member : rule.members().stream().toArray()) {
                Set<Integer> shared = domains(rule.domainOf(), holder);
                shared.retainAll(domains(rule.domainOf(), member));
                if (holder != member && !shared.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private Map<Integer, Integer> count(int[] domainOf, BitSet members, int[] fixed) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int domain : domainOf) {
            if (domain >= 0) {
                counts.put(domain, fixed[domain]);
            }
        }
        members.stream().forEach(vm -> domains(domainOf, vm).forEach(domain -> counts.merge(domain, 1, Integer::sum)));
        return counts;
    }

    private boolean holds(Skew rule) {
        var statistics = count(rule.domainOf(), rule.members(), rule.fixedMembers()).values().stream()
                .mapToInt(count -> count)
                .summaryStatistics();
        return statistics.getCount() == 0 || statistics.getMax() - statistics.getMin() <= rule.maxSkew();
    }

    private boolean holds(Together rule) {
        Set<Integer> together = new HashSet<>();
        int running = 0;
        for (int vm : rule.members().stream().toArray()) {
            Set<Integer> domains = domains(rule.domainOf(), vm);
            running += domains.isEmpty() ? 0 : 1;
            together.addAll(domains);
        }
        return together.size() <= rule.max() || running == 1;
    }

    private boolean holds(Cap rule) {
        for (int domain = 0; domain < rule.max().length; domain++) {
            int at = domain;
            long sum = rule.members().stream()
                    .mapToLong(vm -> rule.weightOf()[vm]
                            * nodesOf.get(vm).stream()
                                    .filter(node -> rule.domainOf()[node] == at)
                                    .count())
                    .sum();
            boolean binds = rule.binding().stream()
                    .anyMatch(vm -> nodesOf.get(vm).stream().anyMatch(node -> rule.domainOf()[node] == at));
            if (binds && sum > rule.max()[domain]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the virtual machine may enter the node by the kernels of native terms, as things are. */
    boolean lets(int vm, int node) {
        return rules.separations().stream().allMatch(rule -> lets(rule, vm, node))
                && rules.attractions().stream().allMatch(rule -> lets(rule, vm, node));
    }

    private boolean lets(Separation rule, int vm, int node) {
        int domain = rule.domainOf()[node];
        for (int other = 0; other < nodesOf.size(); other++) {
            boolean opposed = rule.holders().get(vm) && rule.members().get(other)
                    || rule.members().get(vm) && rule.holders().get(other);
            if (other != vm && opposed && domains(rule.domainOf(), other).contains(domain)) {
                return false;
            }
        }
        return true;
    }

    private boolean lets(Attraction rule, int vm, int node) {
        if (!rule.holders().get(vm)) {
            return true;
        }
        Map<Integer, Integer> counts = count(rule.domainOf(), rule.members(), rule.fixedMembers());
        boolean nobody = counts.values().stream().allMatch(count -> count == 0);
        return counts.getOrDefault(rule.domainOf()[node], 0) > 0
                || nobody && rule.members().get(vm);
    }
}

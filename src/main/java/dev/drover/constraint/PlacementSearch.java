package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.CompiledRules.Together;
import dev.drover.constraint.Feasibility.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for any placement that satisfies compiled rules: depth first, the virtual machine with the fewest nodes left first, with
 * forward checking (Haralick and Elliott 1980). Virtual machines and nodes that are the same to every rule are tried once. Exact as
 * long as it stays within its bounds.
 */
final class PlacementSearch {
    private static final int MAX_VMS = 2_000;
    /** Looks at one virtual machine after another was placed: some tenths of a second at most. */
    private static final int MAX_WORK = 2_000_000;

    private final CompiledRules rules;
    private final int[] vms;
    private final BitSet[] initial;
    private final int[] kindOf;
    private final int[] load;
    private final List<int[]> skewCounts = new ArrayList<>();
    private final List<long[]> capSums = new ArrayList<>();
    private final Map<int[], BitSet[]> domains = new IdentityHashMap<>();
    private int work;
    private boolean gaveUp;

    PlacementSearch(CompiledRules rules, BitSet placeable, BitSet[] options) {
        this.rules = rules;
        initial = options;
        vms = representatives(placeable);
        int nodes = Arrays.stream(options).mapToInt(BitSet::length).max().orElse(0);
        kindOf = kinds(nodes);
        load = new int[nodes];
        rules.skews().forEach(skew -> skewCounts.add(skew.fixedMembers().clone()));
        rules.caps().forEach(cap -> capSums.add(new long[cap.max().length]));
    }

    Verdict run() {
        if (vms.length > MAX_VMS) {
            return new Verdict.Unknown();
        }
        BitSet unplaced = new BitSet();
        unplaced.set(0, vms.length);
        if (place(unplaced, initial)) {
            return new Verdict.Possible();
        }
        BitSet all = new BitSet();
        Arrays.stream(vms).forEach(all::set);
        return gaveUp ? new Verdict.Unknown() : new Verdict.Impossible("no placement satisfies all of them", all);
    }

    /** What a rule is to a virtual machine. */
    private List<Integer> roles(int vm) {
        List<Integer> roles = new ArrayList<>();
        for (Separation rule : rules.separations()) {
            roles.add((rule.holders().get(vm) ? 1 : 0) + (rule.members().get(vm) ? 2 : 0));
        }
        rules.togethers().forEach(rule -> roles.add(rule.members().get(vm) ? 1 : 0));
        rules.skews().forEach(rule -> roles.add(rule.members().get(vm) ? 3 : 0));
        rules.caps().forEach(rule -> roles.add(rule.members().get(vm) ? 3 : 0));
        return roles;
    }

    /** Those who may share a node stand for one another when they have the same options and the same roles. */
    private int[] representatives(BitSet placeable) {
        Set<List<Object>> seen = new HashSet<>();
        List<Integer> result = new ArrayList<>();
        for (int vm : placeable.stream().toArray()) {
            List<Integer> roles = roles(vm);
            boolean concerned = roles.stream().anyMatch(role -> role > 0);
            boolean counted = roles.contains(3);
            if (concerned && (counted || seen.add(List.of(initial[vm], roles)))) {
                result.add(vm);
            }
        }
        return result.stream().mapToInt(vm -> vm).toArray();
    }

    /** Numbers the nodes so that those with one number are the same to every rule and every virtual machine while empty. */
    private int[] kinds(int nodes) {
        List<BitSet> distinct =
                Arrays.stream(vms).mapToObj(vm -> initial[vm]).distinct().toList();
        List<int[]> groupings = groupings();
        List<int[]> sizes = groupings.stream().map(PlacementSearch::sizes).toList();
        Map<List<Object>, Integer> numbers = new HashMap<>();
        int[] kinds = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            List<Object> key = new ArrayList<>();
            BitSet admitted = new BitSet();
            for (int i = 0; i < distinct.size(); i++) {
                admitted.set(i, distinct.get(i).get(node));
            }
            key.add(admitted);
            for (int i = 0; i < groupings.size(); i++) {
                int domain = groupings.get(i)[node];
                boolean alone = domain >= 0 && sizes.get(i)[domain] == 1;
                key.add(alone ? -2 : domain);
            }
            kinds[node] = numbers.computeIfAbsent(key, fresh -> numbers.size());
        }
        return kinds;
    }

    private List<int[]> groupings() {
        List<int[]> groupings = new ArrayList<>();
        rules.separations().forEach(rule -> groupings.add(rule.domainOf()));
        rules.togethers().forEach(rule -> groupings.add(rule.domainOf()));
        rules.skews().forEach(rule -> groupings.add(rule.domainOf()));
        rules.caps().forEach(rule -> groupings.add(rule.domainOf()));
        return groupings.stream().distinct().toList();
    }

    private static int[] sizes(int[] domainOf) {
        int[] sizes = new int[Arrays.stream(domainOf).max().orElse(-1) + 1];
        Arrays.stream(domainOf).filter(domain -> domain >= 0).forEach(domain -> sizes[domain]++);
        return sizes;
    }

    private boolean place(BitSet unplaced, BitSet[] options) {
        if (unplaced.isEmpty()) {
            return skewsHold();
        }
        int next = fewestOptions(unplaced, options);
        int vm = vms[next];
        unplaced.clear(next);
        for (int node : candidates(vm, options[vm])) {
            if (++work > MAX_WORK) {
                gaveUp = true;
                break;
            }
            if (!fits(vm, node)) {
                continue;
            }
            count(vm, node, 1);
            BitSet[] left = options.clone();
            if (restrict(vm, node, unplaced, left) && place(unplaced, left)) {
                return true;
            }
            count(vm, node, -1);
        }
        unplaced.set(next);
        return false;
    }

    private int fewestOptions(BitSet unplaced, BitSet[] options) {
        return unplaced.stream()
                .boxed()
                .min(Comparator.comparingInt(index -> options[vms[index]].cardinality()))
                .orElseThrow();
    }

    /** One empty node of each kind and all others: where skews count, the emptiest domain first, then nodes in use. */
    private List<Integer> candidates(int vm, BitSet options) {
        Set<Integer> emptyKinds = new HashSet<>();
        return options.stream()
                .filter(node -> load[node] > 0 || emptyKinds.add(kindOf[node]))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(node -> fullness(vm, node))
                        .thenComparing(node -> load[node] == 0))
                .toList();
    }

    private int fullness(int vm, int node) {
        int sum = 0;
        for (int i = 0; i < skewCounts.size(); i++) {
            Skew rule = rules.skews().get(i);
            if (rule.members().get(vm) && rule.domainOf()[node] >= 0) {
                sum += skewCounts.get(i)[rule.domainOf()[node]];
            }
        }
        return sum;
    }

    private void count(int vm, int node, int sign) {
        load[node] += sign;
        for (int i = 0; i < skewCounts.size(); i++) {
            Skew rule = rules.skews().get(i);
            if (rule.members().get(vm) && rule.domainOf()[node] >= 0) {
                skewCounts.get(i)[rule.domainOf()[node]] += sign;
            }
        }
        for (int i = 0; i < capSums.size(); i++) {
            Cap rule = rules.caps().get(i);
            if (rule.members().get(vm) && rule.domainOf()[node] >= 0) {
                capSums.get(i)[rule.domainOf()[node]] += sign * rule.weightOf()[vm];
            }
        }
    }

    private boolean skewsHold() {
        for (int i = 0; i < skewCounts.size(); i++) {
            int[] counts = skewCounts.get(i);
            int[] used = Arrays.stream(rules.skews().get(i).domainOf())
                    .filter(domain -> domain >= 0)
                    .map(domain -> counts[domain])
                    .toArray();
            int most = Arrays.stream(used).max().orElse(0);
            int least = Arrays.stream(used).min().orElse(0);
            if (most - least > rules.skews().get(i).maxSkew()) {
                return false;
            }
        }
        return true;
    }

    /** Takes away from the others what the rules no longer leave them; false when one has nothing left. */
    private boolean restrict(int vm, int node, BitSet unplaced, BitSet[] options) {
        for (int index = unplaced.nextSetBit(0); index >= 0; index = unplaced.nextSetBit(index + 1)) {
            work++;
            int other = vms[index];
            BitSet left = (BitSet) options[other].clone();
            for (Separation rule : rules.separations()) {
                if (rule.holders().get(vm) && rule.members().get(other)
                        || rule.members().get(vm) && rule.holders().get(other)) {
                    left.andNot(domain(rule.domainOf(), node));
                }
            }
            for (Together rule : rules.togethers()) {
                if (rule.members().get(vm) && rule.members().get(other)) {
                    left.and(domain(rule.domainOf(), node));
                }
            }
            for (int i = 0; i < capSums.size(); i++) {
                Cap rule = rules.caps().get(i);
                if (rule.members().get(other) && exceeds(i, other, node)) {
                    left.andNot(domain(rule.domainOf(), node));
                }
            }
            options[other] = left;
            if (left.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether one more would be too much for a cap where the node is. */
    private boolean exceeds(int cap, int vm, int node) {
        Cap rule = rules.caps().get(cap);
        int domain = rule.domainOf()[node];
        return domain >= 0 && capSums.get(cap)[domain] + rule.weightOf()[vm] > rule.max()[domain];
    }

    private boolean fits(int vm, int node) {
        for (int i = 0; i < capSums.size(); i++) {
            if (rules.caps().get(i).members().get(vm) && exceeds(i, vm, node)) {
                return false;
            }
        }
        return true;
    }

    /** The nodes in the domain of a node; none when it is in no domain. */
    private BitSet domain(int[] domainOf, int node) {
        return domains.computeIfAbsent(domainOf, PlacementSearch::masks)[node];
    }

    private static BitSet[] masks(int[] domainOf) {
        Map<Integer, BitSet> byDomain = new HashMap<>();
        for (int node = 0; node < domainOf.length; node++) {
            if (domainOf[node] >= 0) {
                byDomain.computeIfAbsent(domainOf[node], domain -> new BitSet()).set(node);
            }
        }
        return Arrays.stream(domainOf)
                .mapToObj(domain -> byDomain.getOrDefault(domain, new BitSet()))
                .toArray(BitSet[]::new);
    }
}

package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.CompiledRules.Together;
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
 * forward checking (Haralick and Elliott 1980), each on its present node before others. Virtual machines and nodes that are the same to
 * every rule are tried once. Exact as long as it stays within its bounds.
 */
final class PlacementSearch {
    enum Result {
        FOUND,
        NONE,
        GAVE_UP
    }

    static final int MAX_VMS = 2_000;

    private final CompiledRules rules;
    private final int[] present;
    private final SearchBudget budget;
    private final int[] vms;
    private final BitSet[] initial;
    private final int[] kindOf;
    private final int[] load;
    private final List<List<Separation>> separationsOf = new ArrayList<>();
    private final List<int[]> skewCounts = new ArrayList<>();
    /** By skew, the domains that have a node. */
    private final List<int[]> skewDomains = new ArrayList<>();

    private final List<long[]> capSums = new ArrayList<>();
    /** By cap and domain, how many are placed there for whose sake it is limited. */
    private final List<int[]> capsBound = new ArrayList<>();

    private final List<int[]> togetherCounts = new ArrayList<>();
    private final Map<int[], BitSet[]> domains = new IdentityHashMap<>();
    private boolean gaveUp;

    /**
     * @param options by virtual machine: the nodes that it may be on
     * @param present by virtual machine: its node now, or -1
     */
    PlacementSearch(CompiledRules rules, BitSet[] options, int[] present, SearchBudget budget) {
        this.rules = rules;
        this.present = present;
        this.budget = budget;
        initial = options;
        vms = representatives();
        int nodes = Arrays.stream(options).mapToInt(BitSet::length).max().orElse(0);
        kindOf = kinds(nodes);
        load = new int[nodes];
        for (int vm = 0; vm < options.length; vm++) {
            int one = vm;
            separationsOf.add(rules.separations().stream()
                    .filter(rule -> rule.holders().get(one) || rule.members().get(one))
                    .toList());
        }
        rules.skews().forEach(skew -> {
            skewCounts.add(skew.fixedMembers().clone());
            skewDomains.add(Arrays.stream(skew.domainOf())
                    .filter(domain -> domain >= 0)
                    .distinct()
                    .toArray());
        });
        rules.caps().forEach(cap -> {
            capSums.add(new long[cap.max().length]);
            capsBound.add(new int[cap.max().length]);
        });
        rules.togethers()
                .forEach(rule -> togetherCounts.add(
                        new int[1 + Arrays.stream(rule.domainOf()).max().orElse(-1)]));
    }

    Result run() {
        if (vms.length > MAX_VMS) {
            return Result.GAVE_UP;
        }
        BitSet unplaced = new BitSet();
        Arrays.stream(vms).forEach(unplaced::set);
        if (place(unplaced, initial)) {
            return Result.FOUND;
        }
        return gaveUp ? Result.GAVE_UP : Result.NONE;
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
    private int[] representatives() {
        Set<List<Object>> seen = new HashSet<>();
        List<Integer> result = new ArrayList<>();
        for (int vm = 0; vm < initial.length; vm++) {
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
            for (Cap cap : rules.caps()) {
                int domain = cap.domainOf()[node];
                key.add(domain < 0 ? 0L : cap.max()[domain]);
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
            return true;
        }
        int vm = fewestOptions(unplaced, options);
        unplaced.clear(vm);
        for (int node : candidates(vm, options[vm])) {
            budget.spend();
            if (budget.isSpent()) {
                gaveUp = true;
                break;
            }
            if (!fits(vm, node)) {
                continue;
            }
            count(vm, node, 1);
            BitSet[] left = options.clone();
            if (skewsMayHold(unplaced) && restrict(vm, node, unplaced, left) && place(unplaced, left)) {
                return true;
            }
            count(vm, node, -1);
        }
        unplaced.set(vm);
        return false;
    }

    private int fewestOptions(BitSet unplaced, BitSet[] options) {
        int fewest = -1;
        int least = Integer.MAX_VALUE;
        for (int vm = unplaced.nextSetBit(0); vm >= 0; vm = unplaced.nextSetBit(vm + 1)) {
            int count = options[vm].cardinality();
            if (count < least) {
                least = count;
                fewest = vm;
            }
        }
        return fewest;
    }

    /** One empty node of each kind and all others: where skews count, the emptiest domain first, then where it is, then nodes in use. */
    private List<Integer> candidates(int vm, BitSet options) {
        Set<Integer> emptyKinds = new HashSet<>();
        return options.stream()
                .filter(node -> load[node] > 0 || emptyKinds.add(kindOf[node]))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(node -> fullness(vm, node))
                        .thenComparing(node -> node != present[vm])
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
        for (int i = 0; i < togetherCounts.size(); i++) {
            Together rule = rules.togethers().get(i);
            if (rule.members().get(vm) && rule.domainOf()[node] >= 0) {
                togetherCounts.get(i)[rule.domainOf()[node]] += sign;
            }
        }
        for (int i = 0; i < capSums.size(); i++) {
            Cap rule = rules.caps().get(i);
            if (rule.members().get(vm) && rule.domainOf()[node] >= 0) {
                capSums.get(i)[rule.domainOf()[node]] += sign * rule.weightOf()[vm];
                capsBound.get(i)[rule.domainOf()[node]] += rule.binding().get(vm) ? sign : 0;
            }
        }
    }

    /** Whether those that are not placed yet are enough to bring each domain near the fullest. */
    private boolean skewsMayHold(BitSet unplaced) {
        for (int i = 0; i < skewCounts.size(); i++) {
            Skew rule = rules.skews().get(i);
            int[] counts = skewCounts.get(i);
            int least = 0;
            for (int domain : skewDomains.get(i)) {
                least = Math.max(least, counts[domain] - rule.maxSkew());
            }
            int missing = 0;
            for (int domain : skewDomains.get(i)) {
                missing += Math.max(0, least - counts[domain]);
            }
            if (missing > 0) {
                BitSet coming = (BitSet) unplaced.clone();
                coming.and(rule.members());
                if (missing > coming.cardinality()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes away from the others what the rules no longer leave them; false when one has nothing left. */
    private boolean restrict(int vm, int node, BitSet unplaced, BitSet[] options) {
        for (Separation rule : separationsOf.get(vm)) {
            BitSet domain = domain(rule.domainOf(), node);
            if (rule.holders().get(vm) && !take(rule.members(), unplaced, domain, options)
                    || rule.members().get(vm) && !take(rule.holders(), unplaced, domain, options)) {
                return false;
            }
        }
        for (int i = 0; i < togetherCounts.size(); i++) {
            Together rule = rules.togethers().get(i);
            boolean enters = rule.members().get(vm) && rule.domainOf()[node] >= 0;
            if (enters && !take(rule.members(), unplaced, closed(rule, togetherCounts.get(i)), options)) {
                return false;
            }
        }
        return restrictByCaps(vm, node, unplaced, options);
    }

    /** The nodes in further domains, once as many are in use as may be. */
    private BitSet closed(Together rule, int[] counts) {
        BitSet closed = new BitSet();
        if (Arrays.stream(counts).filter(count -> count > 0).count() >= rule.max()) {
            for (int node = 0; node < kindOf.length; node++) {
                int domain = rule.domainOf()[node];
                closed.set(node, domain >= 0 && counts[domain] == 0);
            }
        }
        return closed;
    }

    private boolean restrictByCaps(int vm, int node, BitSet unplaced, BitSet[] options) {
        for (int i = 0; i < capSums.size(); i++) {
            Cap rule = rules.caps().get(i);
            if (rule.members().get(vm)) {
                int cap = i;
                BitSet tooHeavy = new BitSet();
                rule.members().stream()
                        .filter(other -> exceeds(cap, other, node))
                        .forEach(tooHeavy::set);
                if (!take(tooHeavy, unplaced, domain(rule.domainOf(), node), options)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes nodes away from those of {@code vms} that are not placed yet. */
    private boolean take(BitSet vms, BitSet unplaced, BitSet nodes, BitSet[] options) {
        for (int vm = vms.nextSetBit(0); vm >= 0; vm = vms.nextSetBit(vm + 1)) {
            if (unplaced.get(vm) && options[vm].intersects(nodes)) {
                budget.spend();
                options[vm] = (BitSet) options[vm].clone();
                options[vm].andNot(nodes);
                if (options[vm].isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether one more would be too much for a cap where the node is. */
    private boolean exceeds(int cap, int vm, int node) {
        Cap rule = rules.caps().get(cap);
        int domain = rule.domainOf()[node];
        boolean isLimited =
                domain >= 0 && (capsBound.get(cap)[domain] > 0 || rule.binding().get(vm));
        return isLimited && capSums.get(cap)[domain] + rule.weightOf()[vm] > rule.max()[domain];
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

package dev.drover.plan;

import dev.drover.model.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which policy governs which nodes. Pools are disjoint: where two policies select a node the older one keeps all of its nodes, and the
 * newer governs none until its selector is mended.
 *
 * @param pools one for each policy that is not in conflict, in the order of the policies' age, the default last
 * @param conflicts by name of the policy that governs nothing: why
 */
public record Pools(List<Pool> pools, SortedMap<String, String> conflicts) {
    private static final Comparator<Policy> BY_AGE = Comparator.comparing(Policy::isDefault)
            .thenComparing(Policy::created)
            .thenComparing(Policy::name);

    /** @param nodes indexes of the nodes */
    public record Pool(Policy policy, BitSet nodes) {}

    /** @param nodes in the order of the cluster: indexes refer to this list */
    public static Pools assign(List<Node> nodes, List<Policy> policies) {
        List<Pool> pools = new ArrayList<>();
        SortedMap<String, String> conflicts = new TreeMap<>();
        BitSet governed = new BitSet(nodes.size());
        for (Policy policy : policies.stream().sorted(BY_AGE).toList()) {
            BitSet selected = selected(nodes, policy);
            if (policy.isDefault()) {
                selected.andNot(governed);
            } else if (selected.intersects(governed)) {
                conflicts.put(policy.name(), conflict(nodes, selected, policy, pools));
                continue;
            }
            governed.or(selected);
            pools.add(new Pool(policy, selected));
        }
        return new Pools(List.copyOf(pools), conflicts);
    }

    private static BitSet selected(List<Node> nodes, Policy policy) {
        BitSet selected = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            selected.set(node, policy.nodes().matches(nodes.get(node).labels()));
        }
        return selected;
    }

    private static String conflict(List<Node> nodes, BitSet selected, Policy policy, List<Pool> older) {
        for (Pool pool : older) {
            BitSet common = (BitSet) selected.clone();
            common.and(pool.nodes());
            if (!common.isEmpty()) {
                return "The policy (%s) selects the node (%s), and %d in all, that the older policy (%s) governs. Make the two node selectors disjoint."
                        .formatted(
                                policy.name(),
                                nodes.get(common.nextSetBit(0)).name(),
                                common.cardinality(),
                                pool.policy().name());
            }
        }
        throw new IllegalArgumentException("The policy (" + policy.name() + ") meets no other policy.");
    }
}

package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Places virtual machines that start, together: the hardest first (fewest nodes, then the largest), each on the node that is left with
 * the least pressure. One that finds no node may take the place of one that was placed just before and can go elsewhere, or of all
 * on one node that were. Indexes are those of the cluster. Not safe for threads; {@link #place} is.
 */
public final class StartPlacement {
    /** How many of those that were placed before are asked to make room for one that found no node. */
    private static final int ASKED = 64;

    /** How many nodes are tried that those who were placed before could leave to it, and how many of these a node may have. */
    private static final int CLEARED = 16;

    private final Cluster cluster;
    private final BitSet nodes;
    private final Reservations held;
    private final Load load;
    private final RuleCounters counters;

    private StartPlacement(Cluster cluster, CompiledRules rules, BitSet nodes, Goal goal) {
        this.cluster = cluster;
        this.nodes = nodes;
        held = new Reservations(cluster, rules);
        counters = held.counters();
        load = new Load(cluster, held.sizes(), goal, nodes, nodes);
    }

    /**
     * @param vms indexes of those that start, each once; a node that is reserved for one already is given up
     * @param nodes indexes of the nodes to choose from
     * @return one decision for each of {@code vms}, in their order
     */
    public static List<StartDecision> place(
            Cluster cluster, CompiledRules rules, List<Integer> vms, BitSet nodes, Goal goal) {
        return new StartPlacement(cluster, rules, nodes, goal).place(vms);
    }

    /**
     * How well each of {@code nodes} suits one virtual machine that starts or could move: the best first, then those that cannot take
     * it with the reason.
     */
    public static List<NodeRank> rank(Cluster cluster, CompiledRules rules, int vm, BitSet nodes, Goal goal) {
        StartPlacement placement = new StartPlacement(cluster, rules, nodes, goal);
        int present = placement.held.node(vm);
        if (present >= 0) {
            placement.load.move(vm, present, -1);
        }
        return nodes.stream()
                .mapToObj(node -> placement.rank(vm, node))
                .sorted(Comparator.comparing((NodeRank rank) -> !rank.obstacle().isEmpty())
                        .thenComparing(NodeRank::pressure)
                        .thenComparing(NodeRank::node))
                .toList();
    }

    /**
     * Why a virtual machine that rests can go to none of {@code nodes} but its own: the rules and resources in the way, counted by node;
     * empty when one takes it.
     */
    public static String obstacles(Cluster cluster, CompiledRules rules, int vm, BitSet nodes, Goal goal) {
        BitSet others = (BitSet) nodes.clone();
        Integer present = cluster.nodeIndex().get(cluster.vms().get(vm).node());
        if (present != null) {
            others.clear(present);
        }
        StartPlacement placement = new StartPlacement(cluster, rules, others, goal);
        return placement.choices(vm) > 0 ? "" : placement.obstacles(vm);
    }

    private NodeRank rank(int vm, int node) {
        String obstacle = obstacle(vm, node);
        load.move(vm, -1, node);
        double pressure = load.pressure(node);
        load.move(vm, node, -1);
        return new NodeRank(cluster.nodes().get(node).name(), pressure, obstacle);
    }

    private List<StartDecision> place(List<Integer> vms) {
        for (int vm : vms) {
            put(vm, -1);
        }
        int[] choices = new int[cluster.vms().size()];
        Arrays.fill(choices, Integer.MAX_VALUE);
        vms.forEach(vm -> choices[vm] = choices(vm));
        List<Integer> order = new ArrayList<>(vms);
        order.sort(Comparator.comparingInt((Integer vm) -> choices[vm])
                .thenComparing(vm -> -load.need(vm))
                .thenComparing(vm -> vm));
        List<Integer> placed = new ArrayList<>();
        for (int vm : order) {
            int node = best(vm);
            if (node >= 0) {
                put(vm, node);
            }
            if (node >= 0
                    || placed.stream().limit(ASKED).anyMatch(other -> makesRoom(other, vm))
                    || clearsANode(placed, vm)) {
                placed.add(vm);
            }
        }
        return vms.stream().map(this::decision).toList();
    }

    private int choices(int vm) {
        int count = 0;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            count += admits(vm, node) ? 1 : 0;
        }
        return count;
    }

    /** The admitting node with the least pressure after the start, -1 if there is none. */
    private int best(int vm) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (admits(vm, node)) {
                load.move(vm, -1, node);
                double pressure = Math.max(load.pressure(node), held.fullness(vm, node));
                load.move(vm, node, -1);
                if (pressure < least - Cost.ROUNDING) {
                    least = pressure;
                    best = node;
                }
            }
        }
        return best;
    }

    private boolean admits(int vm, int node) {
        return held.admits(vm, node) && counters.parting(vm, node) < 0;
    }

    private void put(int vm, int node) {
        load.move(vm, held.node(vm), node);
        held.set(vm, node, node);
    }

    private boolean makesRoom(int placed, int vm) {
        int given = held.node(placed);
        put(placed, -1);
        if (admits(vm, given)) {
            put(vm, given);
            int other = best(placed);
            if (other >= 0) {
                put(placed, other);
                return true;
            }
            put(vm, -1);
        }
        put(placed, given);
        return false;
    }

    /** One that shares its node with nobody needs more than one other to leave. */
    private boolean clearsANode(List<Integer> placed, int vm) {
        Map<Integer, List<Integer>> placedOn =
                placed.stream().collect(Collectors.groupingBy(held::node, TreeMap::new, Collectors.toList()));
        return placedOn.entrySet().stream()
                .filter(entry -> entry.getValue().size() <= CLEARED)
                .sorted(Comparator.comparing(entry -> entry.getValue().size()))
                .limit(CLEARED)
                .anyMatch(entry -> clears(entry.getKey(), entry.getValue(), vm));
    }

    private boolean clears(int node, List<Integer> others, int vm) {
        others.forEach(other -> put(other, -1));
        if (admits(vm, node)) {
            put(vm, node);
            if (others.stream().allMatch(this::putBest)) {
                return true;
            }
            put(vm, -1);
        }
        others.forEach(other -> put(other, node));
        return false;
    }

    private boolean putBest(int vm) {
        int node = best(vm);
        if (node >= 0) {
            put(vm, node);
        }
        return node >= 0;
    }

    private StartDecision decision(int vm) {
        VmId id = cluster.vms().get(vm).id();
        int node = held.node(vm);
        if (node < 0) {
            return new StartDecision.Unplaceable(id, obstacles(vm));
        }
        return new StartDecision.Placed(id, cluster.nodes().get(node).name());
    }

    private String obstacle(int vm, int node) {
        String obstacle = held.obstacle(vm, node);
        int rule = counters.parting(vm, node);
        return obstacle.isEmpty() && rule >= 0
                ? "kept away by " + counters.get(rule).origin.title()
                : obstacle;
    }

    private String obstacles(int vm) {
        Map<String, Long> counts = nodes.stream()
                .mapToObj(node -> obstacle(vm, node))
                .collect(Collectors.groupingBy(obstacle -> obstacle, LinkedHashMap::new, Collectors.counting()));
        String list = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return "0 of " + nodes.cardinality() + " nodes" + (list.isEmpty() ? "" : ": " + list);
    }
}

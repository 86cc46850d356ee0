package dev.drover.placement;

import static java.util.stream.Collectors.toMap;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Chooses nodes for virtual machines that start. Made once for a cluster as it stands; what is promised since then is told to it.
 * Deciding for one does not look at most nodes as long as many come into question; {@link Rooms} says which is the best. Indexes are those of the cluster. Not safe for threads.
 */
public final class StartPlacement {
    private final Cluster cluster;
    private final BitSet nodes;
    private final Openings openings;

    private StartPlacement(Cluster cluster, CompiledRules rules, BitSet nodes, Goal goal) {
        this.cluster = cluster;
        this.nodes = nodes;
        openings = new Openings(cluster, rules, nodes, goal);
    }

    /** @param nodes indexes of the nodes to choose from */
    public static StartPlacement of(Cluster cluster, CompiledRules rules, BitSet nodes, Goal goal) {
        return new StartPlacement(cluster, rules, nodes, goal);
    }

    /**
     * @param vms indexes of those that start, each once; a node that is reserved for one already is given up
     * @param nodes indexes of the nodes to choose from
     * @return one decision for each of {@code vms}, in their order
     */
    public static List<StartDecision> place(
            Cluster cluster, CompiledRules rules, List<Integer> vms, BitSet nodes, Goal goal) {
        List<Gang> gangs = vms.stream()
                .map(vm -> Gang.of(new Start(vm, cluster.vms().get(vm).requests(), false)))
                .toList();
        return of(cluster, rules, nodes, goal).decide(gangs);
    }

    /**
     * How well each of {@code nodes} suits one virtual machine that starts or could move: the best first, then those that cannot take
     * it with the reason.
     */
    public static List<NodeRank> rank(Cluster cluster, CompiledRules rules, int vm, BitSet nodes, Goal goal) {
        return of(cluster, rules, nodes, goal).rank(vm);
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
        Openings openings = new Openings(cluster, rules, others, goal);
        return openings.choices(vm, 1) > 0 ? "" : openings.obstacles(vm);
    }

    /**
     * Decides for all of them together; nothing stays of it here.
     *
     * @param gangs each virtual machine in one of them; what was promised to one already is given up
     * @return one decision for each start, in their order; all of a gang are placed, or none
     */
    public List<StartDecision> decide(List<Gang> gangs) {
        int mark = openings.mark();
        try {
            List<Start> starts =
                    gangs.stream().flatMap(gang -> gang.starts().stream()).toList();
            starts.forEach(openings::arrive);
            StartBatch batch = new StartBatch(openings);
            batch.place(gangs);
            return starts.stream().map(start -> decision(start, batch)).toList();
        } finally {
            openings.undoTo(mark);
        }
    }

    private StartDecision decision(Start start, StartBatch batch) {
        VmId id = cluster.vms().get(start.vm()).id();
        int node = openings.node(start.vm());
        if (node < 0) {
            return new StartDecision.Unplaceable(id, batch.whyNot(start.vm()));
        }
        return new StartDecision.Placed(id, cluster.nodes().get(node).name());
    }

    /**
     * How much room is missing for a virtual machine that is nowhere on the node that comes nearest to having it, and what would help;
     * empty where more than room is in the way on all nodes, or one takes it.
     */
    public String shortage(int vm) {
        return openings.shortage(vm);
    }

    /** From now on the start has its room on this node, in place of any that it had before. */
    public void promise(Start start, int node) {
        openings.arrive(start);
        openings.settle(start.vm(), node);
    }

    /** From now on the virtual machine is only where the cluster shows it. */
    public void withdraw(int vm) {
        openings.restore(vm);
    }

    private List<NodeRank> rank(int vm) {
        int mark = openings.mark();
        Map<Integer, String> obstacles =
                nodes.stream().boxed().collect(toMap(node -> node, node -> openings.obstacle(vm, node)));
        openings.put(vm, -1);
        try {
            return nodes.stream()
                    .boxed()
                    .sorted(Comparator.<Integer, Boolean>comparing(
                                    node -> !obstacles.get(node).isEmpty())
                            .thenComparing(node -> openings.displeasure(vm, node))
                            .thenComparing(node -> openings.value(vm, node))
                            .thenComparing(node -> node))
                    .map(node -> new NodeRank(
                            cluster.nodes().get(node).name(), openings.fullness(vm, node), obstacles.get(node)))
                    .toList();
        } finally {
            openings.undoTo(mark);
        }
    }
}

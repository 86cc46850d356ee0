package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.constraint.Feasibility.Verdict;
import dev.drover.model.Cluster;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster once all that moves has arrived, and whether constraints can hold in it at rest: with the room that the nodes have, with those
 * that are closed, and with the virtual machines that may not be moved where they are. Not safe for threads.
 */
final class PresentFacts {
    /** Up to so many virtual machines all are placed, for all need room; beyond, those that stay and those that constraints are about. */
    private static final int FEW = 300;

    /** Of all searches together: less than half a second. */
    private static final int MOST_WORK = 400_000;

    /** Pairs of virtual machines that are placed together, over all searches: less than half a second. */
    private static final long MOST_PAIRS = 1L << 23;

    private final Lookup lookup;
    private final List<Pod> otherPods;
    private final BitSet movable;
    private final BitSet nodes;
    private final BitSet placed = new BitSet();
    private final BitSet arriving = new BitSet();
    /** Where broken constraints count: the nodes, and those from which somebody may be taken. */
    private final BitSet scope;

    private final SearchBudget budget = new SearchBudget(MOST_WORK);
    private long pairs;

    /** Arguments as those of {@link Deadlock#find}. */
    PresentFacts(Cluster cluster, BitSet movable, BitSet nodes) {
        this.movable = movable;
        this.nodes = nodes;
        Lookup today = new Lookup(cluster);
        otherPods = cluster.pods().stream()
                .filter(pod -> pod.node() != null && !Reserves.isCopy(today, pod))
                .map(pod -> holding(pod.name(), pod.node(), pod.requests()))
                .toList();
        List<Vm> atRest = new ArrayList<>();
        for (int index = 0; index < cluster.vms().size(); index++) {
            Vm vm = cluster.vms().get(index);
            boolean isArriving = today.node(vm.target()) >= 0;
            arriving.set(index, isArriving);
            atRest.add(Feasibility.restingOn(vm, isArriving ? vm.target() : vm.node()));
        }
        lookup = new Lookup(
                new Cluster(cluster.takenAt(), cluster.nodes(), atRest, List.of(), List.of(), cluster.namespaces()));
        scope = (BitSet) nodes.clone();
        for (int vm = 0; vm < atRest.size(); vm++) {
            placed.set(vm, home(vm) >= 0);
            if (movable.get(vm) && placed.get(vm)) {
                scope.set(home(vm));
            }
        }
    }

    private static Pod holding(String name, @Nullable String node, Resources requests) {
        return new Pod("", name, name, Map.of(), node, null, requests, Scheduling.FREE, false, false);
    }

    private int home(int vm) {
        return lookup.node(lookup.cluster.vms().get(vm).node());
    }

    Cluster cluster() {
        return lookup.cluster;
    }

    boolean mayMove(int vm) {
        return movable.get(vm);
    }

    /** The virtual machines that a constraint binds and that have a node. */
    BitSet concerned(Constraint constraint) {
        BitSet vms = Feasibility.concerned(lookup, constraint);
        vms.and(placed);
        return vms;
    }

    /** Whether it counts when it is broken. */
    boolean counts(Constraint constraint) {
        return concerned(constraint).stream().anyMatch(vm -> scope.get(home(vm)));
    }

    /**
     * Whether some placement satisfies the constraints, first for those alone whom they are about, then for all. Unknown also when too much
     * was asked already.
     */
    Verdict judge(List<Constraint> constraints) {
        BitSet concerned = new BitSet();
        constraints.forEach(constraint -> concerned.or(concerned(constraint)));
        Verdict alone = judge(constraints, concerned);
        boolean isLast = placed.cardinality() > FEW || concerned.equals(placed);
        return isLast || !(alone instanceof Verdict.Possible) ? alone : judge(constraints, placed);
    }

    /** @param judged are placed; of the others those that stay hold their room, and those that may move hold nothing */
    private Verdict judge(List<Constraint> constraints, BitSet judged) {
        long count = judged.cardinality();
        pairs += count * count;
        if (pairs > MOST_PAIRS) {
            return new Verdict.Unknown();
        }
        Lookup part = new Lookup(only(judged));
        CompiledRules rules = ConstraintCompiler.compile(part, constraints);
        int[] vms = judged.stream().toArray();
        BitSet[] options = new BitSet[vms.length];
        for (int number = 0; number < vms.length; number++) {
            options[number] = options(vms[number], number, rules);
        }
        List<Cap> limits = new ArrayList<>(rules.caps());
        limits.addAll(rules.reserves());
        limits.addAll(rooms(part));
        return Feasibility.decide(part, rules.limitedTo(limits), options, budget);
    }

    private Cluster only(BitSet judged) {
        Cluster all = lookup.cluster;
        List<Vm> some = new ArrayList<>();
        List<Pod> pods = new ArrayList<>(otherPods);
        for (int vm = placed.nextSetBit(0); vm >= 0; vm = placed.nextSetBit(vm + 1)) {
            Vm one = all.vms().get(vm);
            if (judged.get(vm)) {
                some.add(one);
            } else if (!movable.get(vm)) {
                pods.add(holding(one.id().toString(), one.node(), one.requests()));
            }
        }
        return new Cluster(all.takenAt(), all.nodes(), some, pods, List.of(), all.namespaces());
    }

    /**
     * The nodes that a virtual machine may be on. Who arrives is left to those who sent it, also where a constraint does not want it; none
     * is left to one that has to leave and may not be moved.
     */
    private BitSet options(int vm, int number, CompiledRules rules) {
        boolean stays = !movable.get(vm) || rules.pinned().get(number);
        BitSet options =
                stays ? new BitSet() : (BitSet) rules.mayEnter().get(number).clone();
        options.and(nodes);
        if (!rules.mustLeave().containsKey(number) || arriving.get(vm) || !scope.get(home(vm))) {
            options.set(home(vm));
        }
        return options;
    }

    private static List<Cap> rooms(Lookup part) {
        SortedSet<String> names = new TreeSet<>();
        part.cluster.vms().forEach(vm -> names.addAll(vm.requests().names()));
        return names.stream().flatMap(name -> rooms(part, name).stream()).toList();
    }

    /** One for all nodes, and one for each node that is too full already: it may stay so, but then nobody enters it. */
    private static List<Cap> rooms(Lookup part, String resource) {
        List<Vm> vms = part.cluster.vms();
        long[] weights =
                vms.stream().mapToLong(vm -> vm.requests().get(resource)).toArray();
        BitSet members = new BitSet();
        long[] present = new long[part.cluster.nodes().size()];
        for (int vm = 0; vm < weights.length; vm++) {
            members.set(vm, weights[vm] > 0);
            present[part.node(vms.get(vm).node())] += weights[vm];
        }
        Origin origin = new Origin("the " + resource + " of the nodes", false, Rule.During.CONTINUOUS, 0);
        long[] room = Reserves.room(part, resource);
        long[] most = new long[room.length];
        List<Cap> rooms = new ArrayList<>();
        for (int node = 0; node < room.length; node++) {
            most[node] = Math.max(room[node], present[node]);
            if (present[node] > room[node]) {
                int full = node;
                BitSet others = (BitSet) members.clone();
                members.stream()
                        .filter(vm -> part.node(vms.get(vm).node()) == full)
                        .forEach(others::clear);
                BitSet only = new BitSet();
                only.set(node);
                int[] domainOf = part.everyNode().within(only).of();
                rooms.add(new Cap(origin, domainOf, members, others, weights, room));
            }
        }
        rooms.add(new Cap(origin, part.everyNode().of(), members, weights, most));
        return rooms;
    }
}

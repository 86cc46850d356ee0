package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are open to those who start, while these are put here and there; every change can be taken back. Indexes are those of
 * the cluster. Not safe for threads.
 */
final class Openings {
    private static final Site EVERYWHERE = new Site(new BitSet(), new BitSet());

    private final Cluster cluster;
    private final CompiledRules rules;
    private final BitSet nodes;
    private final Sizes sizes;
    private final Reservations held;
    private final Load load;
    private final RuleCounters counters;
    private final Rooms rooms;
    private final Wishes wishes;
    /** For each resource the nodes that have any of it. */
    private final BitSet[] offering;
    /** Of those that have arrived and migrate. */
    private final Map<Integer, Source> sources = new HashMap<>();
    /** Of those that have arrived: a resource that they request and nothing in the cluster knows. */
    private final Map<Integer, String> unknown = new HashMap<>();

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private Site narrowed = EVERYWHERE;

    /** @param node where the copy that runs keeps its room; @param amounts by column */
    private record Source(int node, long[] amounts) {}

    /** @param nodes indexes of the nodes to choose from */
    Openings(Cluster cluster, CompiledRules rules, BitSet nodes, Goal goal) {
        this.cluster = cluster;
        this.rules = rules;
        this.nodes = (BitSet) nodes.clone();
        sizes = Sizes.withOffers(cluster);
        held = new Reservations(cluster, rules, sizes);
        counters = held.counters();
        load = new Load(cluster, sizes, goal, nodes, nodes);
        rooms = new Rooms(held, load, this.nodes, goal);
        wishes = new Wishes(rooms, counters);
        offering = new BitSet[sizes.columns()];
        Arrays.setAll(offering, this::offering);
    }

    private BitSet offering(int column) {
        return nodes.stream().filter(node -> held.room(node, column) > 0).collect(BitSet::new, BitSet::set, BitSet::or);
    }

    int node(int vm) {
        return held.target(vm);
    }

    double need(int vm) {
        return load.need(vm);
    }

    /** To be given to {@link #undoTo}. */
    int mark() {
        return undo.size();
    }

    /** Takes back all that was done since the mark. */
    void undoTo(int mark) {
        while (undo.size() > mark) {
            undo.pop().run();
        }
    }

    /** The virtual machine is nowhere; one that migrates still holds its node. */
    void arrive(Start start) {
        int vm = start.vm();
        long[] before = held.requests(vm);
        put(vm, -1);
        if (start.migrates() && cluster.vms().get(vm).running() && sizes.home()[vm] >= 0) {
            keep(vm, new Source(sizes.home()[vm], before));
            undo.push(() -> release(vm));
        }
        request(start);
        undo.push(() -> {
            held.request(vm, before);
            unknown.remove(vm);
        });
    }

    private void request(Start start) {
        List<String> names = Arrays.asList(sizes.names());
        held.request(start.vm(), names.stream().mapToLong(start.requests()::get).toArray());
        start.requests().names().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> unknown.put(start.vm(), name));
    }

    private void keep(int vm, Source source) {
        sources.put(vm, source);
        hold(source.amounts(), source.node(), 1);
    }

    private void release(int vm) {
        Source source = sources.remove(vm);
        if (source != null) {
            hold(source.amounts(), source.node(), -1);
        }
    }

    /** Puts one that has arrived on its node for good, or its second copy. */
    void settle(int vm, int node) {
        Source source = sources.get(vm);
        release(vm);
        put(vm, source == null ? node : source.node(), node);
        undo.clear();
    }

    private void hold(long[] amounts, int node, int by) {
        held.hold(amounts, node, by);
        rooms.refresh(node);
    }

    /** Puts a virtual machine on a node; -1 is nowhere. */
    void put(int vm, int node) {
        put(vm, node, node);
    }

    private void put(int vm, int node, int target) {
        int nodeBefore = held.node(vm);
        int targetBefore = held.target(vm);
        set(vm, node, target);
        undo.push(() -> set(vm, nodeBefore, targetBefore));
    }

    private void set(int vm, int node, int target) {
        int nodeBefore = held.node(vm);
        int targetBefore = held.target(vm);
        load.move(vm, targetBefore, target);
        held.set(vm, node, target);
        refresh(nodeBefore, targetBefore);
        refresh(node, target);
    }

    private void refresh(int node, int target) {
        if (node >= 0) {
            rooms.refresh(node);
        }
        if (target >= 0 && target != node) {
            rooms.refresh(target);
        }
    }

    /** Puts it where the cluster shows it, with what it requests there, for good. */
    void restore(int vm) {
        set(vm, -1, -1);
        int columns = sizes.columns();
        held.request(vm, Arrays.copyOfRange(sizes.request(), vm * columns, (vm + 1) * columns));
        unknown.remove(vm);
        set(vm, sizes.home()[vm], sizes.bound()[vm]);
        undo.clear();
    }

    /** From now on the members are only admitted by the nodes of the site. */
    void narrow(Site site) {
        narrowed = site;
    }

    void widen() {
        narrowed = EVERYWHERE;
    }

    boolean admits(int vm, int node) {
        return fits(vm, node) && counters.parting(vm, node) < 0;
    }

    /** Whether there is room, and no rule that holds at each instant is in the way. */
    boolean fits(int vm, int node) {
        return nodes.get(node)
                && !runsOn(vm, node)
                && !unknown.containsKey(vm)
                && (!narrowed.members().get(vm) || narrowed.nodes().get(node))
                && held.admits(vm, node);
    }

    private boolean runsOn(int vm, int node) {
        Source source = sources.get(vm);
        return source != null && source.node() == node;
    }

    /** Of the admitting nodes that keep preferred rules best the one with the best room; -1 if there is none. See {@link Rooms#best}. */
    int best(int vm) {
        BitSet candidates = candidates(vm);
        IntPredicate admits = node -> admits(vm, node);
        return counters.hasWishes(vm) ? wishes.best(vm, candidates, admits) : rooms.best(vm, candidates, admits);
    }

    /** The nodes that it may enter by rules about single nodes, and that have some of all that it requests. */
    BitSet candidates(int vm) {
        BitSet candidates = (BitSet) nodes.clone();
        candidates.and(rules.mayEnter().get(vm));
        for (int column = 0; column < offering.length; column++) {
            if (held.amount(vm, column) > 0) {
                candidates.and(offering[column]);
            }
        }
        return candidates;
    }

    /** See {@link RuleCounters#displeasure}. */
    int displeasure(int vm, int node) {
        return counters.displeasure(vm, node);
    }

    /** How many nodes admit it, counted up to {@code limit}. */
    int choices(int vm, int limit) {
        BitSet candidates = candidates(vm);
        int count = 0;
        for (int node = candidates.nextSetBit(0); node >= 0 && count < limit; node = candidates.nextSetBit(node + 1)) {
            count += admits(vm, node) ? 1 : 0;
        }
        return count;
    }

    /** Whether one that is at rest or nowhere may go there, and no rule that holds at rest is broken more when it has. */
    boolean takes(int vm, int node) {
        int from = held.node(vm);
        return from < 0
                ? admits(vm, node)
                : nodes.get(node) && held.admits(vm, node) && !counters.breaksMore(vm, from, node);
    }

    /** Of these nodes the one with the best room for one that is at rest; -1 if there is none. */
    int bestMove(int vm, BitSet among) {
        BitSet candidates = candidates(vm);
        candidates.and(among);
        return rooms.best(vm, candidates, node -> node != held.node(vm) && takes(vm, node));
    }

    /** Members of the rule that keeps the virtual machine away from the node, in its domain: where they are in the way. */
    BitSet inTheWay(int vm, int node) {
        Counter counter = objecting(vm, node);
        BitSet others = new BitSet();
        if (counter != null) {
            counter.concerned().stream()
                    .filter(other -> counter.domain(held.node(other)) == counter.domain(node))
                    .forEach(others::set);
        }
        return others;
    }

    /** Whom the rule that keeps the virtual machine away from the node misses elsewhere, and where; nobody where that is not why. */
    Site missing(int vm, int node) {
        Counter counter = objecting(vm, node);
        IntPredicate isWanting =
                switch (counter) {
                    case null -> domain -> false;
                    case SkewCounter skew -> skew::isEmptiest;
                    case TogetherCounter together -> domain -> domain == together.domain(node);
                    case AttractionCounter attraction -> domain -> domain == attraction.domain(node);
                    case SeparationCounter separation -> domain -> false;
                    case CapCounter cap -> domain -> false;
                };
        if (counter == null) {
            return EVERYWHERE;
        }
        BitSet wanting = new BitSet();
        nodes.stream().filter(other -> isWanting.test(counter.domain(other))).forEach(wanting::set);
        BitSet members = (BitSet) counter.concerned().clone();
        members.stream()
                .filter(other -> isWanting.test(counter.domain(held.node(other))))
                .forEach(members::clear);
        return new Site(members, wanting);
    }

    private @Nullable Counter objecting(int vm, int node) {
        int forbidding = counters.forbidding(vm, held.node(vm), node);
        int rule = forbidding < 0 ? counters.parting(vm, node) : forbidding;
        return rule < 0 ? null : counters.get(rule);
    }

    Sizes sizes() {
        return sizes;
    }

    /** All admitting nodes, the best first. */
    int[] ranked(int vm) {
        return sorted(vm, nodes.stream().filter(node -> admits(vm, node)));
    }

    /** All nodes that it may enter by rules about single nodes, the best first. */
    int[] byValue(int vm) {
        BitSet enterable = rules.mayEnter().get(vm);
        return sorted(vm, nodes.stream().filter(enterable::get));
    }

    private int[] sorted(int vm, IntStream some) {
        return some.boxed()
                .sorted(Comparator.<Integer>comparingInt(node -> displeasure(vm, node))
                        .thenComparingDouble(node -> value(vm, node))
                        .thenComparing(node -> node))
                .mapToInt(node -> node)
                .toArray();
    }

    /** How full the node is at its fullest with the start on it, 1 being full. */
    double fullness(int vm, int node) {
        return rooms.fullness(vm, node);
    }

    /** See {@link Rooms#value}. */
    double value(int vm, int node) {
        return rooms.value(vm, node);
    }

    /** @param members the virtual machines that a rule wants in one domain; @param nodes those of one of its domains */
    record Site(BitSet members, BitSet nodes) {}

    /** The domains of rules about some of these virtual machines that leave it to them where they go together. */
    Stream<Site> sites(BitSet vms) {
        return IntStream.range(0, counters.size())
                .mapToObj(counters::get)
                .filter(TogetherCounter.class::isInstance)
                .map(TogetherCounter.class::cast)
                .filter(rule -> rule.isOpen() && rule.concerned().intersects(vms))
                .flatMap(this::sites);
    }

    private Stream<Site> sites(TogetherCounter rule) {
        Map<Integer, BitSet> nodesOf = new TreeMap<>();
        nodes.stream().filter(node -> rule.domain(node) >= 0).forEach(node -> nodesOf.computeIfAbsent(
                        rule.domain(node), domain -> new BitSet())
                .set(node));
        return nodesOf.values().stream().map(domain -> new Site(rule.concerned(), domain));
    }

    String name(int vm) {
        return cluster.vms().get(vm).id().toString();
    }

    /** Why {@link #admits} says no, for a person; empty when it says yes. */
    String obstacle(int vm, int node) {
        if (runsOn(vm, node)) {
            return "where it runs";
        }
        String obstacle = unknown.containsKey(vm) ? "too little " + unknown.get(vm) : held.obstacle(vm, node);
        int rule = counters.parting(vm, node);
        return obstacle.isEmpty() && rule >= 0
                ? "kept away by " + counters.get(rule).origin.title()
                : obstacle;
    }

    /** See {@link Shortage}; empty too where it requests what no node has ever had. */
    String shortage(int vm) {
        return unknown.containsKey(vm) ? "" : new Shortage(cluster, held, vm).nearest(nodes);
    }

    /** Why no node takes it, counted by node. */
    String obstacles(int vm) {
        Map<String, Long> counts = nodes.stream()
                .mapToObj(node -> obstacle(vm, node))
                .filter(obstacle -> !obstacle.isEmpty())
                .collect(Collectors.groupingBy(obstacle -> obstacle, Collectors.counting()));
        String list = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return "0 of " + nodes.cardinality() + " nodes" + (list.isEmpty() ? "" : ": " + list);
    }
}

package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.placement.search.Roster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A placement under work. Each virtual machine that was moved still holds the node that it came from, as it will while it
 * migrates; so the moves can be made in any order, any number at a time, and any of them may fail. The exception is a place that is
 * {@link #release released}: who enters it follows who left it. Not safe for threads.
 */
final class Arrangement {
    /** Over this many seconds a better placement has to pay for its migrations: the shipped cooldown. */
    private static final double HORIZON_SECONDS = 900;

    /** The share of its service that a virtual machine is assumed to lose while it migrates. */
    static final double DEGRADATION = 0.1;

    final Instance instance;
    final Load load;
    private final Reservations held;
    private final RuleCounters rest;
    private final Roster roster;
    private final int[] home;
    private final int[] nodeOf;
    private final int[] tolerated;
    private final boolean[] counted;
    private final BitSet movable;
    private final BitSet mustLeave = new BitSet();
    private final BitSet released = new BitSet();
    private final List<Integer> followers = new ArrayList<>();
    private final int[] roomFor;
    private final double[] costSeconds;
    private final boolean[] wished;
    private int breaches;
    private long preference;
    private int moves;
    private double moveCost;

    Arrangement(Instance instance, ToDoubleFunction<Vm> migrationSeconds) {
        this.instance = instance;
        Cluster cluster = instance.cluster();
        held = new Reservations(cluster, instance.rules());
        home = held.sizes().bound().clone();
        nodeOf = home.clone();
        Scope scope = Scope.of(instance, held.sizes());
        movable = scope.movable();
        instance.rules().mustLeave().keySet().forEach(mustLeave::set);
        roomFor = new int[home.length];
        Arrays.fill(roomFor, -1);
        load = new Load(cluster, held.sizes(), instance.goal(), scope.nodes(), scope.open());
        roster = new Roster(cluster.nodes().size(), nodeOf);
        rest = RuleCounters.of(instance.rules(), home.length);
        tolerated = new int[rest.size()];
        counted = new boolean[rest.size()];
        wished = new boolean[rest.size()];
        breaches = countBreaches(scope.nodes());
        preference = countPreference();
        costSeconds = new double[home.length];
        for (int vm = movable.nextSetBit(0); vm >= 0; vm = movable.nextSetBit(vm + 1)) {
            costSeconds[vm] =
                    DEGRADATION * migrationSeconds.applyAsDouble(cluster.vms().get(vm));
        }
    }

    /** Of the rules that are to be repaired and concern a virtual machine on these nodes, and of forbidden nodes among these. */
    private int countBreaches(BitSet scope) {
        int sum = 0;
        for (int vm = 0; vm < home.length; vm++) {
            if (home[vm] >= 0) {
                rest.add(vm, home[vm], home[vm]);
                sum += scope.get(home[vm]) && outlawed(vm) ? 1 : 0;
                for (int rule : rest.of(vm)) {
                    counted[rule] |=
                            scope.get(home[vm]) && rest.get(rule).origin.repair();
                    wished[rule] |=
                            scope.get(home[vm]) && !rest.get(rule).origin.required();
                }
            }
        }
        for (int rule = 0; rule < tolerated.length; rule++) {
            tolerated[rule] = rest.get(rule).breaches();
            sum += counted[rule] ? tolerated[rule] : 0;
        }
        return sum;
    }

    private long countPreference() {
        long sum = 0;
        for (int rule = 0; rule < wished.length; rule++) {
            sum += wished[rule] ? weighted(rule) : 0;
        }
        return sum;
    }

    private long weighted(int rule) {
        return (long) rest.get(rule).origin.weight() * rest.get(rule).breaches();
    }

    BitSet movable() {
        return movable;
    }

    Sizes sizes() {
        return held.sizes();
    }

    int home(int vm) {
        return home[vm];
    }

    int node(int vm) {
        return nodeOf[vm];
    }

    /** The virtual machines on a node, in no particular order. */
    IntStream on(int node) {
        return IntStream.range(0, roster.count(node)).map(index -> roster.get(node, index));
    }

    boolean moved(int vm) {
        return nodeOf[vm] != home[vm];
    }

    /** Whether the virtual machine may rest on this node: its home always, another when its copy is admitted beside the one at home. */
    boolean admits(int vm, int node) {
        if (node == home[vm]) {
            return true;
        }
        if (!instance.nodes().get(node)) {
            return false;
        }
        if (!moved(vm)) {
            return held.admits(vm, node);
        }
        held.set(vm, home[vm], home[vm]);
        boolean admits = held.admits(vm, node);
        held.set(vm, home[vm], nodeOf[vm]);
        return admits;
    }

    /** Moves a virtual machine to a node that {@link #admits} it, or back home. */
    void move(int vm, int node) {
        int from = nodeOf[vm];
        boolean wasMoved = moved(vm);
        breaches -= breachesOf(vm);
        preference -= preferenceOf(vm);
        rest.remove(vm, from, from);
        nodeOf[vm] = node;
        rest.add(vm, node, node);
        breaches += breachesOf(vm);
        preference += preferenceOf(vm);
        hold(vm);
        load.move(vm, from, node);
        roster.shift(vm, from, node);
        if (wasMoved != moved(vm)) {
            int by = moved(vm) ? 1 : -1;
            moves += by;
            moveCost = moves == 0 ? 0 : moveCost + by * price(vm);
        }
    }

    /** Whether a virtual machine that is at home would be admitted by the home of {@code other} once that one has left it. */
    boolean admitsWithout(int vm, int other) {
        int elsewhere = moved(other) ? nodeOf[other] : -1;
        held.set(other, elsewhere, elsewhere);
        boolean admits = admits(vm, home[other]);
        hold(other);
        return admits;
    }

    /** Frees the home of a virtual machine that is moved: who enters it from now on follows this move. */
    void release(int vm) {
        released.set(vm);
        hold(vm);
    }

    /** Undoes {@link #release} while the place is free. */
    void reclaim(int vm) {
        released.clear(vm);
        hold(vm);
    }

    private void hold(int vm) {
        held.set(vm, released.get(vm) ? nodeOf[vm] : home[vm], nodeOf[vm]);
    }

    /** Notes that a virtual machine was moved after some home was released, so that its move comes after those noted before. */
    void noteLast(int vm) {
        followers.add(vm);
    }

    /** Those that are moved, in an order in which each fits once all before it have ended. */
    List<Integer> inOrder() {
        BitSet others = moved();
        followers.forEach(others::clear);
        List<Integer> order = new ArrayList<>(others.stream().boxed().toList());
        order.addAll(followers);
        return order;
    }

    /** Notes that a virtual machine was moved for the sake of another, which enters its home. */
    void noteRoomFor(int vm, int other) {
        roomFor[vm] = other;
    }

    /** The virtual machine for whose sake this one was moved, or -1. */
    int roomFor(int vm) {
        return roomFor[vm];
    }

    private int breachesOf(int vm) {
        int sum = outlawed(vm) ? 1 : 0;
        for (int rule : rest.of(vm)) {
            sum += counted[rule] ? rest.get(rule).breaches() : 0;
        }
        return sum;
    }

    private long preferenceOf(int vm) {
        long sum = 0;
        for (int rule : rest.of(vm)) {
            sum += wished[rule] ? weighted(rule) : 0;
        }
        return sum;
    }

    /** Whether there is something that a search for less contention could undo: a preference, or a freed node. */
    boolean hasWishes() {
        boolean hasPreferences = false;
        for (boolean each : wished) {
            hasPreferences |= each;
        }
        return hasPreferences || instance.goal().consolidates();
    }

    /** Index of a preferred rule that this virtual machine breaks where it is, or -1. */
    int missedWish(int vm) {
        for (int rule : rest.of(vm)) {
            if (wished[rule] && rest.get(rule).blames(vm, nodeOf[vm])) {
                return rule;
            }
        }
        return -1;
    }

    /** Whether no required rule of this virtual machine is broken more, at rest, than it was at home. */
    boolean keepsRules(int vm) {
        for (int rule : rest.of(vm)) {
            Counter counter = rest.get(rule);
            if (counter.origin.required() && (counter.breaches() > tolerated[rule] || joinsBreach(counter, vm))) {
                return false;
            }
        }
        return true;
    }

    /** Whether in a domain that keeps breaking a rule somebody is who was not in it; a rule that binds at each instant admits nobody there. */
    private boolean joinsBreach(Counter rule, int vm) {
        if (rule.origin.continuous() || !rule.local() || !rule.blames(vm, nodeOf[vm])) {
            return false;
        }
        int domain = rule.domain(nodeOf[vm]);
        return rule.concerned().stream()
                .anyMatch(other -> rule.domain(nodeOf[other]) == domain && rule.domain(home[other]) != domain);
    }

    /** Whether it stays on a node that a rule about nodes forbids; one that is on its way is not counted. */
    boolean outlawed(int vm) {
        return mustLeave.get(vm) && nodeOf[vm] == held.sizes().home()[vm];
    }

    /** Index of a rule to repair that this virtual machine breaks where it is, or -1. */
    int brokenRule(int vm) {
        for (int rule : rest.of(vm)) {
            Counter counter = rest.get(rule);
            if (counted[rule] && counter.blames(vm, nodeOf[vm])) {
                return rule;
            }
        }
        return -1;
    }

    boolean toBlame(int vm) {
        return outlawed(vm) || brokenRule(vm) >= 0;
    }

    /** Where the rule comes from that {@link #toBlame blames} it; null when none does. */
    @Nullable
    Origin blame(int vm) {
        if (outlawed(vm)) {
            return instance.rules().mustLeave().get(vm);
        }
        int rule = brokenRule(vm);
        return rule < 0 ? null : rest.get(rule).origin;
    }

    /** Where the first rule to repair comes from that would be broken more if this virtual machine were on that node; null when none would. */
    @Nullable
    Origin brokenMore(int vm, int node) {
        int present = nodeOf[vm];
        int[] breachesNow =
                IntStream.of(rest.of(vm)).map(rule -> rest.get(rule).breaches()).toArray();
        move(vm, node);
        Origin origin = null;
        for (int index = breachesNow.length - 1; index >= 0; index--) {
            int rule = rest.of(vm)[index];
            if (counted[rule] && rest.get(rule).breaches() > breachesNow[index]) {
                origin = rest.get(rule).origin;
            }
        }
        move(vm, present);
        return origin;
    }

    Counter rule(int rule) {
        return rest.get(rule);
    }

    int rules() {
        return rest.size();
    }

    int violations() {
        return breaches;
    }

    /** What moving it once costs, in the units of contention: node-seconds over the horizon. */
    double price(int vm) {
        return costSeconds[vm] * load.need(vm) / HORIZON_SECONDS;
    }

    /** Seconds of service lost by moving it once. */
    double costSeconds(int vm) {
        return costSeconds[vm];
    }

    Cost cost() {
        int nodesInUse = instance.goal().consolidates() ? load.nodesInUse() : 0;
        return new Cost(breaches, load.contention(), preference, nodesInUse, load.spread(), moveCost, moves);
    }

    Score score() {
        double reached = instance.goal().consolidates()
                ? load.nodesNeeded() / (double) Math.max(1, load.nodesInUse())
                : 1 - load.spread();
        return Score.of(breaches, load.contention(), load.spread(), reached);
    }

    /** How many virtual machines are away from home. */
    int moves() {
        return moves;
    }

    /** Moved virtual machines, by index. */
    BitSet moved() {
        BitSet moved = new BitSet();
        for (int vm = movable.nextSetBit(0); vm >= 0; vm = movable.nextSetBit(vm + 1)) {
            moved.set(vm, moved(vm));
        }
        return moved;
    }
}

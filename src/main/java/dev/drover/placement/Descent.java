package dev.drover.placement;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Descent over the neighbourhoods <em>shift</em> (one virtual machine to another node), <em>swap</em> (two exchange their nodes, both
 * copies held) and <em>gather</em> (all members of a rule into one domain), led by what is wrong: broken rules first, then the hottest
 * nodes, then the most pressed ones; then each move that is not worth its cost is undone. It starts from the present placement
 * and ends where no neighbour is worth its migrations, so to start again from there changes nothing, room that the moves free
 * excepted. Where single domains cannot be mended one by one, {@link Parting} tries all of a rule; for rules that are still broken
 * {@link Clearing} makes room at last. Not safe for threads.
 */
final class Descent {
    private static final int ROUNDS = 8;
    private static final int TARGETS = 64;
    private static final int SWAP_NODES = 16;

    /** The most members of a rule that are moved together for the sake of balance. */
    private static final int SMALL_GROUP = 4;

    private static final int PROPOSALS_PER_LOOK_AT_THE_CLOCK = 1024;

    private final Arrangement at;
    private final Worth worth;
    private final int maxMoves;
    private final List<Integer> order;
    /** For each virtual machine its place in {@link #order}. */
    private final int[] rank;

    private final List<Integer> togethers;
    private final PressureOrder pressures;
    private final InstantSource clock;
    private final long deadline;
    private long left;
    private boolean late;

    /** @param deadline in milliseconds since the epoch: a descent that would last longer ends there */
    Descent(Arrangement at, Worth worth, InstantSource clock, long deadline) {
        this.at = at;
        this.worth = worth;
        this.clock = clock;
        Instance instance = at.instance;
        maxMoves = instance.goal().maxMoves();
        left = instance.effort().proposals();
        this.deadline = deadline;
        order = shuffled(at.movable(), instance.effort().seed());
        order.sort(Comparator.comparingDouble(at::price));
        rank = new int[instance.cluster().vms().size()];
        for (int place = 0; place < order.size(); place++) {
            rank[order.get(place)] = place;
        }
        togethers = IntStream.range(0, at.rules())
                .filter(rule -> at.rule(rule) instanceof TogetherCounter)
                .boxed()
                .toList();
        pressures = new PressureOrder(at.load, instance.nodes());
    }

    /** Fisher and Yates, so that equal choices fall differently for different seeds. */
    private static List<Integer> shuffled(BitSet set, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> list = new ArrayList<>(set.stream().boxed().toList());
        for (int last = list.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            Integer kept = list.get(last);
            list.set(last, list.get(other));
            list.set(other, kept);
        }
        return list;
    }

    void run() {
        descend();
        for (int round = 0; round < ROUNDS && !spent() && new Shortening(at, worth).run(); round++) {
            descend();
        }
    }

    /**
     * Whether there may be something better further away: it ended for want of proposals, or there is contention left, and not
     * because there may be no more moves.
     */
    boolean leavesMore() {
        boolean isShort = left <= 0 || at.load.contention() > Cost.ROUNDING;
        return isShort && !late && worth.relieves() && !order.isEmpty() && at.moves() < maxMoves;
    }

    /** Makes room for what breaks a rule and could not go anywhere. */
    void clear() {
        if (at.violations() > 0 && !late) {
            new Clearing(at, order).run();
        }
    }

    private void descend() {
        boolean changed = true;
        for (int round = 0; round < ROUNDS && changed && !spent(); round++) {
            changed = repair();
            changed |= worth.relieves() && (relieve() | please());
            changed |= even();
            changed |= worth.consolidates() && new Vacating(at, worth, pressures).run();
            changed |= sendHome();
        }
    }

    private boolean spent() {
        return left <= 0 || late;
    }

    private boolean repair() {
        boolean changed = false;
        boolean again = at.violations() > 0;
        while (again && !spent()) {
            again = false;
            for (int vm : order) {
                again |= at.outlawed(vm) && shiftBest(List.of(vm));
            }
            for (int vm : order) {
                again |= at.toBlame(vm) && shiftBest(List.of(vm));
            }
            for (int rule = 0; rule < at.rules() && !again; rule++) {
                again = (at.rule(rule).breaches() > 0 || mustGo(rule)) && (gather(rule) || part(rule));
            }
            again = again || at.violations() > 0 && new Parting(at, byPressure()).run();
            changed |= again;
        }
        return changed;
    }

    /** Whether a member is on a node that is forbidden to it: it may have to take the others along. */
    private boolean mustGo(int rule) {
        return at.rule(rule).concerned().stream().anyMatch(at::outlawed);
    }

    private boolean relieve() {
        boolean changed = false;
        BitSet stuck = new BitSet();
        for (int node = hottest(stuck); node >= 0 && !spent(); node = hottest(stuck)) {
            if (unload(node)) {
                changed = true;
            } else {
                stuck.set(node);
            }
        }
        return changed;
    }

    /** Keeps preferred rules, one virtual machine after another, and all of a rule that wants them together. */
    private boolean please() {
        boolean changed = false;
        boolean again = at.cost().preference() > 0;
        while (again && !spent()) {
            again = false;
            for (int vm : order) {
                again |= at.missedWish(vm) >= 0 && shiftBest(List.of(vm));
            }
            for (int rule = 0; rule < at.rules() && !again; rule++) {
                again = missesWish(rule) && gather(rule);
            }
            changed |= again;
        }
        return changed;
    }

    /** Whether a member misses what it prefers: it may have to take the others along. */
    private boolean missesWish(int rule) {
        return at.rule(rule).concerned().stream().anyMatch(vm -> at.node(vm) >= 0 && at.missedWish(vm) >= 0);
    }

    private int hottest(BitSet stuck) {
        int hottest = -1;
        double most = Cost.ROUNDING;
        for (int node = at.load.scope().nextSetBit(0);
                node >= 0;
                node = at.load.scope().nextSetBit(node + 1)) {
            if (!stuck.get(node) && at.load.excess(node) > most) {
                most = at.load.excess(node);
                hottest = node;
            }
        }
        return hottest;
    }

    private boolean even() {
        boolean changed = false;
        boolean again = true;
        while (again && worth.uneven(at.load.spread()) && !spent()) {
            again = false;
            int[] nodes = byPressure();
            for (int index = nodes.length - 1; index >= 0 && !again; index--) {
                again = at.load.pressure(nodes[index]) > at.load.mean() && unload(nodes[index]);
            }
            changed |= again;
        }
        return changed;
    }

    /** Makes the best change that takes load from this node; false when none is worth it. */
    private boolean unload(int node) {
        List<Integer> vms = movableOn(node);
        return shiftBest(vms) || swapBest(vms) || gatherAny(vms);
    }

    /** In their order. */
    private List<Integer> movableOn(int node) {
        return at.on(node)
                .boxed()
                .filter(at.movable()::get)
                .sorted(Comparator.comparingInt(vm -> rank[vm]))
                .toList();
    }

    private boolean shiftBest(List<Integer> vms) {
        Choice choice = new Choice(at, worth);
        int[] targets = byPressure();
        for (int vm : vms) {
            int possible = 0;
            for (int index = 0; index < targets.length && possible < TARGETS && !spent(); index++) {
                if (targets[index] != at.node(vm) && offer(choice, Change.shift(at, vm, targets[index]))) {
                    possible++;
                }
            }
        }
        return choice.make();
    }

    private boolean swapBest(List<Integer> vms) {
        Choice choice = new Choice(at, worth);
        List<Integer> partners = IntStream.of(byPressure())
                .limit(SWAP_NODES)
                .boxed()
                .flatMap(node -> movableOn(node).stream())
                .sorted(Comparator.comparingInt(vm -> rank[vm]))
                .toList();
        for (int vm : vms) {
            for (int partner : partners) {
                if (at.node(vm) != at.node(partner) && at.load.need(partner) < at.load.need(vm) && !spent()) {
                    offer(choice, Change.swap(at, vm, partner));
                }
            }
        }
        return choice.make();
    }

    private boolean gatherAny(List<Integer> vms) {
        for (int rule : togethers) {
            BitSet concerned = at.rule(rule).concerned();
            if (concerned.cardinality() <= SMALL_GROUP && vms.stream().anyMatch(concerned::get) && gather(rule)) {
                return true;
            }
        }
        return false;
    }

    /** Brings all members of a rule that wants them together into the best domain; false for other rules. */
    private boolean gather(int rule) {
        if (!(at.rule(rule) instanceof TogetherCounter together)) {
            return false;
        }
        Choice choice = new Choice(at, worth);
        int[] targets = byPressure();
        IntStream.of(targets)
                .map(together::domain)
                .filter(domain -> domain >= 0)
                .distinct()
                .forEach(domain -> into(together, domain, targets).ifPresent(change -> offer(choice, change)));
        return choice.make();
    }

    /** Each member that is elsewhere on the least pressed node of the domain that admits it, one after the other. */
    private Optional<Change> into(TogetherCounter together, int domain, int[] targets) {
        List<Integer> vms = together.concerned().stream()
                .filter(vm -> at.node(vm) >= 0 && together.domain(at.node(vm)) != domain)
                .boxed()
                .toList();
        return all(
                vms,
                IntStream.of(targets)
                        .filter(target -> together.domain(target) == domain)
                        .toArray());
    }

    /**
     * Sends all of one side away where a rule keeps two sides apart and both are: as long as one of them is left, nothing is mended;
     * false for other rules.
     */
    private boolean part(int rule) {
        if (!(at.rule(rule) instanceof SeparationCounter separation)) {
            return false;
        }
        Choice choice = new Choice(at, worth);
        for (BitSet side : separation.sides()) {
            side.stream()
                    .filter(vm -> at.node(vm) >= 0 && separation.blames(vm, at.node(vm)))
                    .map(vm -> separation.domain(at.node(vm)))
                    .distinct()
                    .forEach(domain -> outOf(separation, side, domain).ifPresent(change -> offer(choice, change)));
        }
        return choice.make();
    }

    private Optional<Change> outOf(SeparationCounter separation, BitSet side, int domain) {
        List<Integer> vms = side.stream()
                .filter(vm -> at.node(vm) >= 0 && separation.domain(at.node(vm)) == domain)
                .boxed()
                .toList();
        return all(
                vms,
                IntStream.of(byPressure())
                        .filter(target -> separation.domain(target) != domain)
                        .toArray());
    }

    /** Each on the first of these nodes that admits it, one after the other; nothing when one finds none. */
    private Optional<Change> all(List<Integer> vms, int[] targets) {
        List<Integer> nodes = new ArrayList<>();
        List<Change> made = new ArrayList<>();
        for (int vm : vms) {
            OptionalInt node = IntStream.of(targets)
                    .filter(target -> at.movable().get(vm) && at.admits(vm, target))
                    .findFirst();
            if (node.isPresent()) {
                made.add(Change.shift(at, vm, node.getAsInt()));
                at.move(vm, node.getAsInt());
                nodes.add(node.getAsInt());
            }
        }
        made.reversed().forEach(change -> change.undo(at));
        return nodes.size() == vms.size() && !vms.isEmpty() ? Optional.of(Change.of(at, vms, nodes)) : Optional.empty();
    }

    private boolean offer(Choice choice, Change change) {
        left--;
        if (left % PROPOSALS_PER_LOOK_AT_THE_CLOCK == 0 && clock.millis() > deadline) {
            late = true;
        }
        return choice.offer(change, maxMoves);
    }

    /** Undoes each move that is not worth its cost, the dearest first. */
    private boolean sendHome() {
        boolean changed = false;
        List<Integer> moved = at.moved().stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer vm) -> -at.price(vm))
                        .thenComparing(vm -> rank[vm]))
                .toList();
        for (int vm : moved) {
            Cost with = at.cost();
            Change back = Change.shift(at, vm, at.home(vm));
            if (back.make(at)) {
                if (worth.justifies(at.cost(), with)) {
                    back.undo(at);
                } else {
                    changed = true;
                }
            }
        }
        return changed;
    }

    /** The nodes that may be entered, the least pressed first. */
    private int[] byPressure() {
        return pressures.now();
    }
}

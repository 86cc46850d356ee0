package dev.drover.placement.search;

import static dev.drover.placement.search.Problem.NOWHERE;

import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An arrangement that is kept good while the world changes: each event is applied where it happens, the nodes that it touched are
 * relieved, and as long as any node costs anything a little annealing goes on. Nothing is built anew. A virtual machine that was moved
 * is at home where it is now. Not safe for threads.
 */
public final class Live {
    private static final int ROUNDS = 4;
    /** How many changes an event may cost, when any node costs anything. */
    private static final int PROPOSALS = 100_000;
    /** Of what a change costs on average: warm enough to cross small hills, too cold to leave a good arrangement. */
    private static final double WARMTH = 1 / 500.0;

    private final Problem problem;
    private final Arrangement now;
    private final Relief relief;
    private final BitSet touched;
    /** Numbers of virtual machines that are not in use; the last is used first. */
    private final List<Integer> spare = new ArrayList<>();

    private final List<Integer> homeless = new ArrayList<>();
    /** The nodes that cost something. */
    private final NumberSet costly;

    private final Annealing annealing;
    private final double temperature;
    private int moves;

    /**
     * Every costly node is relieved at once.
     *
     * @param problem whose groups need no company and no spread, that holds nothing at both ends and has no further rules; it is copied
     * @param spare how many more virtual machines may run at a time
     * @param seed of the annealing: with the same one the same events lead to the same arrangement
     */
    public Live(Problem problem, int spare, long seed) {
        for (boolean isHeld : problem.heldAtBoth()) {
            if (isHeld) {
                throw new IllegalArgumentException("a live arrangement holds nothing at both ends");
            }
        }
        if (problem.rules().get() != Rules.NONE) {
            throw new IllegalArgumentException("a live arrangement has no rules beyond groups and domains");
        }
        this.problem = copy(problem, problem.vms() + spare);
        now = new Arrangement(this.problem, this.problem.home());
        relief = new Relief(now);
        touched = new BitSet(problem.nodes());
        costly = new NumberSet(problem.nodes());
        IntStream.range(problem.vms(), problem.vms() + spare).forEach(this.spare::addFirst);
        temperature = WARMTH * Scale.sampled(new Arrangement(problem, problem.home()), new Dice(seed));
        annealing = new Annealing(now, Mix.RETURNING, new Dice(seed));
        touched.set(0, problem.nodes());
        mend();
    }

    private static Problem copy(Problem from, int vms) {
        int[] home = Arrays.copyOf(from.home(), vms);
        int[] groupOf = Arrays.copyOf(from.groups().of(), vms);
        Arrays.fill(home, from.vms(), vms, NOWHERE);
        Arrays.fill(groupOf, from.vms(), vms, NOWHERE);
        Groups groups = from.groups();
        return new Problem(
                from.nodes(),
                vms,
                from.resources(),
                from.capacity(),
                from.comfort(),
                Arrays.copyOf(from.demand(), vms * from.resources()),
                from.excessWeight(),
                from.heldAtBoth(),
                home,
                new Groups(groups.count(), groupOf, groups.minDomains(), groups.needs(), groups.neededBy()),
                from.topology(),
                sameDomain(from, vms),
                from.strandings(),
                new MoveCosts(
                        Arrays.copyOf(from.moveCosts().ofVm(), vms),
                        from.moveCosts().ofGroups(),
                        from.moveCosts().between()));
    }

    private static SameDomain sameDomain(Problem from, int vms) {
        if (from.sameDomain().of().length == 0) {
            return SameDomain.NONE;
        }
        int[] of = Arrays.copyOf(from.sameDomain().of(), vms);
        Arrays.fill(of, from.vms(), vms, -1);
        return new SameDomain(of, from.sameDomain().domainOf());
    }

    /** The node of a virtual machine, or {@link Problem#NOWHERE} while there is none for it. */
    public int nodeOf(int vm) {
        return now.nodeOf[vm];
    }

    /** What the use of the nodes costs now. */
    public long cost() {
        return now.cost();
    }

    /** How many virtual machines were moved from one node to another, those at the beginning counted. */
    public int moves() {
        return moves;
    }

    /** Those that run but find no node. They are tried again with each event. */
    public int homeless() {
        return homeless.size();
    }

    /** A virtual machine asks for more or less now. Where that is more than its node has and no other takes it, it stays all the same. */
    public void demand(int vm, int[] demand) {
        int node = now.nodeOf[vm];
        if (node != NOWHERE) {
            now.take(vm);
        }
        System.arraycopy(demand, 0, problem.demand(), vm * demand.length, demand.length);
        if (node != NOWHERE && !putBackOrElsewhere(vm, node)) {
            now.put(vm, node, now.putDelta(vm, node));
        }
        mend();
    }

    /**
     * A virtual machine is of another group now, or of none (-1).
     *
     * @return false when it would have to leave its node for that and no other takes it; it stays of its group then
     */
    public boolean regroup(int vm, int group) {
        int node = now.nodeOf[vm];
        int before = problem.groups().of()[vm];
        if (node == NOWHERE) {
            problem.groups().of()[vm] = group;
        } else {
            now.take(vm);
            problem.groups().of()[vm] = group;
            if (!putBackOrElsewhere(vm, node)) {
                problem.groups().of()[vm] = before;
                now.put(vm, node, now.putDelta(vm, node));
            }
        }
        mend();
        return problem.groups().of()[vm] == group;
    }

    private boolean putBackOrElsewhere(int vm, int node) {
        touched.set(node);
        if (now.canPut(vm, node)) {
            now.put(vm, node, now.putDelta(vm, node));
            return true;
        }
        new Packing(now).put(List.of(vm));
        return now.nodeOf[vm] != NOWHERE;
    }

    /**
     * A virtual machine starts.
     *
     * @param group or -1
     * @param moveCost what it costs to move it
     * @return its number
     * @throws IllegalStateException when as many run as may
     */
    public int start(int[] demand, int group, long moveCost) {
        if (spare.isEmpty()) {
            throw new IllegalStateException("no more than (" + problem.vms() + ") virtual machines may run at a time");
        }
        int vm = spare.removeLast();
        System.arraycopy(demand, 0, problem.demand(), vm * demand.length, demand.length);
        problem.groups().of()[vm] = group;
        problem.moveCosts().ofVm()[vm] = moveCost;
        homeless.add(vm);
        mend();
        return vm;
    }

    /** A virtual machine has stopped; its number may be given to another. */
    public void stop(int vm) {
        if (!homeless.remove(Integer.valueOf(vm))) {
            touched.set(now.nodeOf[vm]);
            now.take(vm);
        }
        problem.home()[vm] = NOWHERE;
        spare.add(vm);
        mend();
    }

    /** A node is gone; what was on it starts elsewhere. */
    public void lose(int node) {
        while (now.roster.count(node) > 0) {
            int vm = now.roster.get(node, 0);
            now.take(vm);
            problem.home()[vm] = NOWHERE;
            homeless.add(vm);
        }
        now.close(node);
        touched.set(node);
        mend();
    }

    private void mend() {
        house();
        settle();
        for (int round = 0; round < ROUNDS && !touched.isEmpty(); round++) {
            BitSet ofRound = (BitSet) touched.clone();
            touched.clear();
            ofRound.stream().forEach(this::relieve);
        }
        touched.clear();
        if (costly.count() > 0) {
            improve();
        }
        if (!homeless.isEmpty()) {
            // What was moved just now may have left room.
            house();
            settle();
        }
    }

    /**
     * Where what is left over elsewhere is too little for any that should leave, exchanges over more than one step help; what they
     * save is kept only with the cost of their moves.
     */
    private void improve() {
        annealing.restart();
        annealing.runOn(costly, PROPOSALS, temperature);
        now.become(annealing.best().nodeOf());
        settle();
    }

    private void house() {
        List<Integer> waiting = List.copyOf(homeless);
        homeless.clear();
        new Packing(now).put(waiting);
        for (int vm : waiting) {
            if (now.nodeOf[vm] == NOWHERE) {
                homeless.add(vm);
            } else {
                makeHome(vm);
            }
        }
    }

    /** Takes off a node what should leave it, and keeps that only when all of it is cheaper elsewhere. */
    private void relieve(int node) {
        if (now.nodeCost(node) == 0) {
            costly.remove(node);
            return;
        }
        costly.add(node);
        int[] leaving = relief.leaving(node);
        if (leaving.length == 0) {
            return;
        }
        long before = now.cost();
        int[] was = now.nodeOf.clone();
        for (int vm : leaving) {
            now.take(vm);
        }
        new Packing(now).put(Arrays.stream(leaving).boxed().toList());
        boolean areHoused = IntStream.of(leaving).allMatch(vm -> now.nodeOf[vm] != NOWHERE);
        if (areHoused && now.cost() < before) {
            settle();
        } else {
            now.become(was);
        }
    }

    /** Where it is now is the home of each that was moved; what that cost is paid. */
    private void settle() {
        for (NumberSet moved = now.moved(); moved.count() > 0; moves++) {
            int vm = moved.get(0);
            touched.set(problem.home()[vm]);
            makeHome(vm);
        }
    }

    private void makeHome(int vm) {
        int node = now.nodeOf[vm];
        touched.set(node);
        now.take(vm);
        problem.home()[vm] = node;
        now.put(vm, node, now.putDelta(vm, node));
    }
}

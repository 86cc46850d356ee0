package dev.drover.plan.sequence;

import dev.drover.plan.sequence.Refusal.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Finds an order in which the moves could be done one after the other. Where moves wait for each other's room, one goes to another
 * target that is as good; else the one that holds least stops over on a third node, where it is in nobody's way if there is such a
 * node; else they are left out. Not safe for threads.
 *
 * <p>After Hall, Hartline, Karlin, Saia and Wilkes, "On algorithms for efficient data migration" (SODA 2001), which bypasses full nodes.
 */
final class SafeOrder {
    private enum State {
        WAITING,
        STOPPED_OVER,
        DONE,
        LEFT_OUT
    }

    /** A rule may forbid many nodes for a stop-over that have room; after so many that do not help, none is looked for. */
    private static final int MOST_STOPS = 32;

    private final SequenceProblem problem;
    private final Ties ties;
    private final Preference preference;
    private final int count;
    private final int resources;
    private final long[] amounts;
    private final Lists entering;
    private final Lists leaving;
    private final Lists followers;
    private double[] load;
    private final List<Refusal> refused = new ArrayList<>();

    private final State[] state;
    private final int[] at;
    private final int[] to;
    private final int[] unmet;
    private final int[] lastLeg;
    private final Heap ready;
    private final List<int[]> legs = new ArrayList<>();
    /** What is free now, and what would be if everything entered its target and nothing else left: a stop-over there harms nobody. */
    private final long[] free;

    private final long[] spare;

    /** What has room and is kept away by a rule, by the number of its ties. */
    private final Map<Integer, Set<Integer>> keptAway = new TreeMap<>();

    private SafeOrder(SequenceProblem problem, Ties ties, int variant) {
        this.problem = problem;
        this.ties = ties;
        count = problem.moves().count();
        resources = problem.space().resources();
        amounts = problem.moves().amounts();
        int nodes = problem.space().nodes();
        entering = Lists.of(nodes, problem.moves().target());
        leaving = Lists.of(nodes, problem.moves().source());
        followers = Lists.of(count, column(problem.rules().precedence(), 0));
        load = Load.of(problem);
        state = new State[count];
        at = new int[count];
        to = new int[count];
        unmet = new int[count];
        lastLeg = new int[count];
        ready = new Heap(count);
        free = new long[nodes * resources];
        spare = new long[nodes * resources];
        preference = new Preference(problem, variant, free, spare);
        Arrays.fill(state, State.WAITING);
        for (int move = 0; move < count; move++) {
            if (problem.leastSeconds(move) == Double.POSITIVE_INFINITY) {
                leaveOut(move, Cause.WRITES_TOO_FAST);
            }
        }
    }

    /** @param variant from 0: what decides between moves that are in each other's way; from 3 on it is chance, with that seed */
    static Itinerary of(SequenceProblem problem, Ties ties, int variant) {
        SafeOrder order = new SafeOrder(problem, ties, variant);
        while (!order.attempt()) {
            order.leaveOutTheRest();
        }
        order.leaveOutTheRest();
        return order.itinerary();
    }

    /** Takes the moves as they are numbered, one after the other, without stop-overs: whoever numbered them may know why. */
    static Itinerary asNumbered(SequenceProblem problem, Ties ties) {
        SafeOrder order = new SafeOrder(problem, ties, 0);
        order.begin();
        for (int move = 0; move < order.count; move++) {
            if (order.isWaiting(move) && order.fits(move, order.to[move], order.free) && order.isAllowed(move)) {
                order.go(move, order.to[move]);
            }
        }
        order.leaveOutTheRest();
        return order.itinerary();
    }

    private static int[] column(int[][] pairs, int column) {
        return Arrays.stream(pairs).mapToInt(pair -> pair[column]).toArray();
    }

    private Itinerary itinerary() {
        int[][] columns = new int[4][legs.size()];
        for (int leg = 0; leg < legs.size(); leg++) {
            for (int column = 0; column < 4; column++) {
                columns[column][leg] = legs.get(leg)[column];
            }
        }
        return new Itinerary(columns[0], columns[1], columns[2], columns[3], refused);
    }

    /** Orders what is not left out; false when something ends at a stop-over. */
    private boolean attempt() {
        begin();
        do {
            while (!ready.isEmpty()) {
                int move = ready.removeFirst();
                if (fits(move, to[move], free)) {
                    goOrWait(move);
                }
            }
        } while (goElsewhere() || stopOver() || makeWay());
        return Arrays.stream(state).noneMatch(each -> each == State.STOPPED_OVER);
    }

    private void goOrWait(int move) {
        if (isAllowed(move)) {
            go(move, to[move]);
        } else {
            keptAway.computeIfAbsent(ties.of(move), tie -> new TreeSet<>()).add(move);
        }
    }

    private boolean isAllowed(int move) {
        return isAllowed(move, to[move]);
    }

    private boolean isAllowed(int move, int node) {
        return ties.of(move) == Ties.NONE || ties.held().allow(move, node);
    }

    private void begin() {
        legs.clear();
        ties.begin();
        keptAway.clear();
        load = Load.of(problem);
        for (int i = 0; i < free.length; i++) {
            free[i] = problem.space().capacity()[i] - problem.space().held()[i];
            spare[i] = free[i];
        }
        Arrays.fill(unmet, 0);
        for (int[] pair : problem.rules().precedence()) {
            unmet[pair[1]]++;
        }
        for (int move = 0; move < count; move++) {
            at[move] = problem.moves().source()[move];
            to[move] = problem.moves().target()[move];
            lastLeg[move] = Itinerary.NONE;
            if (state[move] != State.LEFT_OUT) {
                state[move] = State.WAITING;
                add(spare, to[move], move, -1);
            }
        }
        // Only now is it known which nodes are contested.
        for (int move = 0; move < count; move++) {
            offer(move);
        }
    }

    private void leaveOutTheRest() {
        for (int move = 0; move < count; move++) {
            if (state[move] == State.WAITING || state[move] == State.STOPPED_OVER) {
                leaveOut(move, unmet[move] > 0 ? Cause.FOLLOWS_WHAT_IS_LEFT_OUT : Cause.NO_ROOM);
            }
        }
    }

    private void leaveOut(int move, Cause cause) {
        state[move] = State.LEFT_OUT;
        refused.add(new Refusal(move, cause, problem.moves().target()[move]));
    }

    private boolean isWaiting(int move) {
        return (state[move] == State.WAITING || state[move] == State.STOPPED_OVER) && unmet[move] == 0;
    }

    private void offer(int move) {
        if (isWaiting(move)) {
            double urgency = Math.max(load[at[move]], load[to[move]]);
            double key = preference.of(move, at[move], to[move], urgency);
            ready.put(move, key - Load.RANK * problem.moves().rank()[move]);
        }
    }

    private void go(int move, int node) {
        legs.add(new int[] {move, at[move], node, lastLeg[move]});
        lastLeg[move] = legs.size() - 1;
        int left = at[move];
        add(free, node, move, -1);
        add(free, left, move, 1);
        add(spare, left, move, 1);
        at[move] = node;
        if (node == to[move]) {
            state[move] = State.DONE;
            for (int i = followers.from(move); i < followers.to(move); i++) {
                unmet[problem.rules().precedence()[followers.at(i)][1]]--;
                offer(problem.rules().precedence()[followers.at(i)][1]);
            }
        } else {
            state[move] = State.STOPPED_OVER;
            load[node] += 2 * problem.leastSeconds(move);
            add(spare, node, move, -1);
        }
        for (int i = entering.from(left); i < entering.to(left); i++) {
            offer(entering.at(i));
        }
        if (ties.of(move) != Ties.NONE) {
            ties.held().put(move, node, node);
            Set<Integer> others = keptAway.remove(ties.of(move));
            (others == null ? Set.<Integer>of() : others).forEach(this::offer);
        }
    }

    private boolean fits(int move, int node, long[] room) {
        for (int resource = 0; resource < resources; resource++) {
            long amount = amounts[move * resources + resource];
            if (amount > 0 && amount > room[node * resources + resource]) {
                return false;
            }
        }
        return true;
    }

    private void add(long[] sums, int node, int move, int sign) {
        for (int resource = 0; resource < resources; resource++) {
            sums[node * resources + resource] += sign * amounts[move * resources + resource];
        }
    }

    /** Gives one waiting move another target, where it is in nobody's way. */
    private boolean goElsewhere() {
        for (int move = 0; move < count; move++) {
            for (int other : isWaiting(move) ? problem.moves().otherTargets()[move] : new int[0]) {
                if (other != at[move] && fits(move, other, spare) && isAllowed(move, other)) {
                    add(spare, to[move], move, 1);
                    add(spare, other, move, -1);
                    to[move] = other;
                    offer(move);
                    return true;
                }
            }
        }
        return false;
    }

    /** Parks the virtual machine that holds least of those that make room for another. */
    private boolean stopOver() {
        int best = -1;
        int bestNode = -1;
        long bestCost = Long.MAX_VALUE;
        for (int move = 0; move < count; move++) {
            if (isWaiting(move) && !fits(move, to[move], free)) {
                int parked = cheapestBefore(move);
                long cost = parked < 0 ? Long.MAX_VALUE : cost(parked);
                if (cost < bestCost) {
                    int node = stopFor(parked);
                    if (node >= 0) {
                        best = parked;
                        bestNode = node;
                        bestCost = cost;
                    }
                }
            }
        }
        if (best >= 0) {
            go(best, bestNode);
            offer(best);
        }
        return best >= 0;
    }

    /** Of what waits on the target of a move: the one that holds least and makes room enough, or that holds most if none does. */
    private int cheapestBefore(int move) {
        int enough = -1;
        int most = -1;
        for (int i = leaving.from(to[move]); i < leaving.to(to[move]); i++) {
            int other = leaving.at(i);
            if (state[other] == State.WAITING && unmet[other] == 0) {
                if (makesRoom(other, move) && (enough < 0 || cost(other) < cost(enough))) {
                    enough = other;
                }
                most = most < 0 || cost(other) > cost(most) ? other : most;
            }
        }
        return enough >= 0 ? enough : most;
    }

    private boolean makesRoom(int leaver, int move) {
        for (int resource = 0; resource < resources; resource++) {
            long amount = amounts[move * resources + resource];
            long room = free[to[move] * resources + resource] + amounts[leaver * resources + resource];
            if (amount > 0 && amount > room) {
                return false;
            }
        }
        return true;
    }

    private long cost(int move) {
        return (long) problem.moves().bytes()[move] * (1 + problem.moves().rank()[move]);
    }

    /** The least busy node where a stop-over harms nobody; else one that merely has room; else -1. */
    private int stopFor(int move) {
        int harmless = -1;
        int possible = -1;
        for (int node = 0; node < problem.space().nodes(); node++) {
            if (node != at[move]
                    && node != to[move]
                    && problem.rules().stopOvers().allow(move, node)
                    && isAllowed(move, node)) {
                if (fits(move, node, spare) && (harmless < 0 || load[node] < load[harmless])) {
                    harmless = node;
                }
                if (harmless < 0 && fits(move, node, free) && (possible < 0 || load[node] < load[possible])) {
                    possible = node;
                }
            }
        }
        return harmless >= 0 ? harmless : possible;
    }

    /** Parks the virtual machine that holds least of those that keep another one away by a rule. */
    private boolean makeWay() {
        for (Set<Integer> others : List.copyOf(keptAway.values())) {
            for (int move : others) {
                int[] tied = IntStream.range(0, count)
                        .filter(other -> other != move && ties.of(other) == ties.of(move))
                        .filter(other -> state[other] == State.WAITING && unmet[other] == 0)
                        .boxed()
                        .sorted(Comparator.comparingLong(this::cost))
                        .mapToInt(Integer::intValue)
                        .toArray();
                for (int parked : isWaiting(move) ? tied : new int[0]) {
                    int node = stopThatFrees(parked, move);
                    if (node >= 0) {
                        go(parked, node);
                        offer(parked);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The first node on which a stop-over of the one lets the other go; -1 for none. */
    private int stopThatFrees(int parked, int move) {
        int tried = 0;
        for (int node = 0; node < problem.space().nodes() && tried < MOST_STOPS; node++) {
            if (node != at[parked]
                    && node != to[parked]
                    && node != to[move]
                    && problem.rules().stopOvers().allow(parked, node)
                    && fits(parked, node, free)
                    && isAllowed(parked, node)) {
                tried++;
                ties.held().put(parked, node, node);
                boolean frees = fits(move, to[move], free) && isAllowed(move);
                ties.held().put(parked, at[parked], at[parked]);
                if (frees) {
                    return node;
                }
            }
        }
        return -1;
    }
}

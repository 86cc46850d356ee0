package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The online list scheduler: told what has ended, it says what to start. Of the legs that could start, the one whose nodes have most
 * left to do goes first; what could not start without making a later one impossible waits (the banker's algorithm of Dijkstra, with the
 * itinerary as the safe order). It depends on no time: durations may be what they like. When a move is given up for good, or the nodes
 * hold something else than was said, what is safe must be found anew: make another one from what is now. Not safe for threads.
 */
public final class Sequencer {
    private static final byte WAITING = 0;
    private static final byte RUNNING = 1;
    private static final byte ENDED = 2;
    /** More seconds than anything is busy: of equal rank, what has a deadline goes first. */
    private static final double DEADLINE = 1e9;

    private static final double NANOS = 1e9;

    private final SequenceProblem problem;
    private final Itinerary itinerary;
    private final int mostStreams;
    private final int resources;
    private final long[] amounts;
    private final Lists legsOf;
    private final OrderRules rules;
    private final TiedLegs tied;
    private final long[] nanos;
    private final Chains chains;
    private final double greatestDirtyRate;

    private final byte[] state;
    private final int[] leaving;
    private final int[] entering;
    /** Nanoseconds of what has not started, for each node: whole numbers, so that it does not matter in which order they were added. */
    private final long[] left;
    /** What is held now, and what will be when all that runs has ended. */
    private final long[] held;

    private final long[] settled;
    private final long[] room;
    private final Heap awake;
    private int[] started = new int[16];
    private int startedCount;
    private int running;

    /** @param streams how many leave and enter a node at once at most, whatever the limits allow: the fewer, the faster each is */
    Sequencer(SequenceProblem problem, Ties ties, Itinerary itinerary, int streams) {
        this.problem = problem;
        this.itinerary = itinerary;
        mostStreams = streams;
        resources = problem.space().resources();
        amounts = problem.moves().amounts();
        int nodes = problem.space().nodes();
        legsOf = Lists.of(nodes, itinerary.from(), itinerary.to());
        rules = new OrderRules(problem.rules(), itinerary);
        tied = new TiedLegs(ties, itinerary, problem.moves().count());
        state = new byte[itinerary.legs()];
        leaving = new int[nodes];
        entering = new int[nodes];
        left = new long[nodes];
        held = problem.space().held().clone();
        settled = held.clone();
        room = new long[resources];
        awake = new Heap(itinerary.legs());
        chains = Chains.of(problem, itinerary);
        nanos = Arrays.stream(itinerary.move())
                .mapToLong(move -> Math.round(NANOS * problem.leastSeconds(move)))
                .toArray();
        greatestDirtyRate = Arrays.stream(itinerary.move())
                .mapToDouble(move -> problem.moves().dirtyRate()[move])
                .max()
                .orElse(0);
        for (int leg = 0; leg < itinerary.legs(); leg++) {
            left[itinerary.from()[leg]] += nanos[leg];
            left[itinerary.to()[leg]] += nanos[leg];
        }
    }

    /**
     * A scheduler for moves that are made in one go each, and that could be made one after the other as they are numbered. Move and leg
     * have the same number.
     */
    public static Sequencer ofOrdered(SequenceProblem problem) {
        int[] all = IntStream.range(0, problem.moves().count()).toArray();
        int[] none = new int[all.length];
        Arrays.fill(none, Itinerary.NONE);
        Itinerary itinerary =
                new Itinerary(all, problem.moves().source(), problem.moves().target(), none, List.of());
        return new Sequencer(problem, new Ties(problem), itinerary, Limits.NONE);
    }

    /** A leg runs already when this scheduler begins. */
    public void runs(int leg) {
        awake.remove(leg);
        start(leg);
        startedCount = 0;
    }

    /** @return the legs that are to start first */
    public int[] begin() {
        return begin(leg -> true);
    }

    /**
     * The same for one who knows more of the world than the problem says.
     *
     * @param starts is offered the legs that could start, the most urgent first; false when that one does not start now
     * @return the legs that have started
     */
    public int[] begin(IntPredicate starts) {
        for (int leg = 0; leg < itinerary.legs(); leg++) {
            wake(leg);
        }
        return start(starts);
    }

    /**
     * A leg has ended well.
     *
     * @return those that are to start now
     */
    public int[] ended(int leg) {
        end(leg, ENDED);
        hold(held, itinerary.from()[leg], leg, -1);
        rules.ended(leg).forEach(this::wake);
        tied.ended(leg).forEach(this::wake);
        return start(next -> true);
    }

    /**
     * A leg has failed: its virtual machine is where it was, and it is to be tried again. Room is kept for that; a placement rule that
     * was broken before may have no place for it any more, and then nothing starts though not all is done.
     *
     * @return those that are to start now; it may be one of them
     */
    public int[] failed(int leg) {
        end(leg, WAITING);
        int from = itinerary.from()[leg];
        int to = itinerary.to()[leg];
        hold(held, to, leg, -1);
        hold(settled, to, leg, -1);
        hold(settled, from, leg, 1);
        left[from] += nanos[leg];
        left[to] += nanos[leg];
        // Nothing that started since needs its failure or its success, so it can be the first of the safe order.
        legsOf.toFront(from, leg);
        legsOf.toFront(to, leg);
        rules.failed(leg).forEach(this::wake);
        tied.failed(leg).forEach(this::wake);
        return start(next -> true);
    }

    /** @return whether nothing runs and nothing waits */
    public boolean isDone() {
        for (byte each : state) {
            if (each != ENDED) {
                return false;
            }
        }
        return true;
    }

    /** The number of the move that a leg belongs to. */
    public int move(int leg) {
        return itinerary.move()[leg];
    }

    public int from(int leg) {
        return itinerary.from()[leg];
    }

    public int to(int leg) {
        return itinerary.to()[leg];
    }

    int streams(int node) {
        return leaving[node] + entering[node];
    }

    boolean isRunning(int leg) {
        return state[leg] == RUNNING;
    }

    Itinerary itinerary() {
        return itinerary;
    }

    Lists legsOf() {
        return legsOf;
    }

    private void end(int leg, byte newState) {
        if (state[leg] != RUNNING) {
            throw new IllegalStateException("leg (" + leg + ") is not running");
        }
        state[leg] = newState;
        running--;
        leaving[itinerary.from()[leg]]--;
        entering[itinerary.to()[leg]]--;
        wakeAt(itinerary.from()[leg]);
        wakeAt(itinerary.to()[leg]);
    }

    private void wakeAt(int node) {
        for (int i = legsOf.from(node); i < legsOf.to(node); i++) {
            wake(legsOf.at(i));
        }
    }

    private void wake(int leg) {
        if (state[leg] == WAITING && !awake.contains(leg)) {
            awake.put(leg, key(leg));
        }
    }

    private double key(int leg) {
        double busiest = Math.max(left[itinerary.from()[leg]], left[itinerary.to()[leg]]) / NANOS;
        double latest = chains.latestStart(leg);
        double urgency = latest < Double.POSITIVE_INFINITY ? DEADLINE - latest : Math.max(chains.seconds(leg), busiest);
        return urgency - Load.RANK * chains.rank(leg);
    }

    private int[] start(IntPredicate starts) {
        startedCount = 0;
        while (!awake.isEmpty() && running < problem.limits().cluster()) {
            int leg = awake.first();
            double key = key(leg);
            if (key < awake.firstKey()) {
                awake.put(leg, key);
            } else {
                awake.removeFirst();
                if (canStart(leg) && starts.test(leg)) {
                    start(leg);
                }
            }
        }
        return Arrays.copyOf(started, startedCount);
    }

    private void start(int leg) {
        int from = itinerary.from()[leg];
        int to = itinerary.to()[leg];
        state[leg] = RUNNING;
        running++;
        leaving[from]++;
        entering[to]++;
        left[from] -= nanos[leg];
        left[to] -= nanos[leg];
        hold(held, to, leg, 1);
        hold(settled, to, leg, 1);
        hold(settled, from, leg, -1);
        rules.started(leg);
        tied.started(leg).forEach(this::wake);
        // The safe order may allow more now, if there is room already.
        wakeAt(from);
        if (startedCount == started.length) {
            started = Arrays.copyOf(started, 2 * startedCount);
        }
        started[startedCount++] = leg;
    }

    private void hold(long[] sums, int node, int leg, int sign) {
        int move = itinerary.move()[leg];
        for (int resource = 0; resource < resources; resource++) {
            sums[node * resources + resource] += sign * amounts[move * resources + resource];
        }
    }

    private boolean canStart(int leg) {
        int from = itinerary.from()[leg];
        int to = itinerary.to()[leg];
        return leaving[from] < problem.limits().perSource()
                && entering[to] < problem.limits().perTarget()
                && rules.allow(leg)
                && hasStream(from, leg)
                && hasStream(to, leg)
                && hasRoom(leg, to)
                && isSafe(leg, to)
                && tied.allow(leg, other -> state[other] == WAITING);
    }

    private boolean hasStream(int node, int leg) {
        int streams = streams(node) + 1;
        if (streams > mostStreams) {
            return false;
        }
        if (!problem.limits().isShared()) {
            return true;
        }
        double most = SequenceProblem.HOPELESS_RATIO * problem.limits().bandwidth() / streams;
        if (greatestDirtyRate < most || streams == 1) {
            return true;
        }
        boolean isCalm = dirtyRate(leg) < most;
        for (int i = legsOf.from(node); i < legsOf.to(node) && isCalm; i++) {
            isCalm = state[legsOf.at(i)] != RUNNING || dirtyRate(legsOf.at(i)) < most;
        }
        return isCalm;
    }

    private double dirtyRate(int leg) {
        return problem.moves().dirtyRate()[itinerary.move()[leg]];
    }

    private boolean hasRoom(int leg, int node) {
        for (int resource = 0; resource < resources; resource++) {
            long amount = amounts[itinerary.move()[leg] * resources + resource];
            int place = node * resources + resource;
            if (amount > 0 && held[place] + amount > problem.space().capacity()[place]) {
                return false;
            }
        }
        return true;
    }

    /** Whether what comes before the leg in the safe order still finds room at its target when it is there already. */
    private boolean isSafe(int leg, int node) {
        for (int resource = 0; resource < resources; resource++) {
            int place = node * resources + resource;
            room[resource] = problem.space().capacity()[place]
                    - settled[place]
                    - amounts[itinerary.move()[leg] * resources + resource];
        }
        for (int i = legsOf.from(node); i < legsOf.to(node); i++) {
            int other = legsOf.at(i);
            if (other == leg) {
                return true;
            }
            if (state[other] == WAITING && !keepsRoom(other, itinerary.to()[other] == node ? -1 : 1)) {
                return false;
            }
        }
        throw new IllegalStateException("leg (" + leg + ") is not among those of its target (" + node + ")");
    }

    private boolean keepsRoom(int leg, int sign) {
        boolean keeps = true;
        for (int resource = 0; resource < resources; resource++) {
            long amount = amounts[itinerary.move()[leg] * resources + resource];
            room[resource] += sign * amount;
            keeps &= sign > 0 || amount == 0 || room[resource] >= 0;
        }
        return keeps;
    }
}

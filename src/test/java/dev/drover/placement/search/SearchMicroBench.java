package dev.drover.placement.search;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The steps that the search repeats millions of times a second, each by itself: {@code make bench-micro}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SearchMicroBench {
    /** A power of two: the places in the tables below go round. */
    private static final int DRAWN = 1 << 16;

    private static final int BATCH = 10_000;
    private static final double LUKEWARM = 10;
    private static final int LARGEST = CrowdedProblem.CAPACITY;

    /** Up to what a processor keeps near, and beyond it. */
    @Param({"100", "5000"})
    private int nodes;

    private Arrangement arrangement;
    private Companions companions;
    private Annealing annealing;
    private RoomIndex rooms;
    private int[] home;
    private int[] vms;
    private int[] others;
    private int[] targets;
    private int next;

    @Setup
    public void arrange() {
        SplittableRandom random = new SplittableRandom(1);
        Problem problem = CrowdedProblem.of(nodes, random);
        home = problem.home();
        arrangement = new Arrangement(problem, home);
        companions = new Companions(problem);
        for (int vm = 0; vm < home.length; vm++) {
            companions.arrive(vm, home[vm]);
        }
        annealing = new Annealing(new Arrangement(problem, home), Mix.RETURNING, new Dice(1));
        rooms = new RoomIndex(nodes, LARGEST, LARGEST, 4);
        for (int node = 0; node < nodes; node++) {
            rooms.put(node, random.nextInt(LARGEST), random.nextInt(LARGEST));
        }
        vms = random.ints(DRAWN, 0, home.length).toArray();
        others = random.ints(DRAWN, 0, home.length).toArray();
        targets = random.ints(DRAWN, 0, nodes).toArray();
    }

    private int next() {
        next = (next + 1) & (DRAWN - 1);
        return next;
    }

    @Benchmark
    public boolean canShift() {
        int at = next();
        return arrangement.canShift(vms[at], targets[at]);
    }

    @Benchmark
    public long shiftDelta() {
        int at = next();
        int to = targets[at] == arrangement.nodeOf[vms[at]] ? (targets[at] + 1) % nodes : targets[at];
        return arrangement.shiftDelta(vms[at], to);
    }

    /** There and back. */
    @Benchmark
    @OperationsPerInvocation(2)
    public long shift() {
        int vm = vms[next()];
        int to = (home[vm] + 1) % nodes;
        long delta = arrangement.shiftDelta(vm, to);
        arrangement.shift(vm, to, delta);
        arrangement.shift(vm, home[vm], -delta);
        return delta;
    }

    @Benchmark
    public boolean canSwap() {
        int at = next();
        return home[vms[at]] != home[others[at]] && arrangement.canSwap(vms[at], others[at]);
    }

    @Benchmark
    public long swapDelta() {
        int at = next();
        return home[vms[at]] == home[others[at]] ? 0 : arrangement.swapDelta(vms[at], others[at]);
    }

    @Benchmark
    public boolean mayShift() {
        int at = next();
        return companions.mayShift(vms[at], home[vms[at]], targets[at]);
    }

    @Benchmark
    public int bestRoom() {
        int at = next();
        return rooms.fullest(vms[at] % LARGEST, others[at] % LARGEST, node -> true);
    }

    /** One proposal of the annealing, with all that belongs to it. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void proposal() {
        annealing.run(BATCH, LUKEWARM);
    }
}

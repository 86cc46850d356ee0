package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ordering the moves that empty every third node, by the scheduler of one pass and by the whole search: {@code make bench-micro}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SequenceMicroBench {
    private static final int EACH = 8;
    private static final int EMPTIED = 3;
    private static final int LARGEST = 10;

    @Param({"300", "3000"})
    private int nodes;

    private SequenceProblem problem;

    @Setup
    public void make() {
        SplittableRandom random = new SplittableRandom(1);
        int count = nodes / EMPTIED * EACH;
        int[] source =
                IntStream.range(0, count).map(move -> move / EACH * EMPTIED).toArray();
        int[] target = IntStream.range(0, count)
                .map(move -> random.nextInt(nodes / EMPTIED) * EMPTIED + 1 + move % 2)
                .toArray();
        long[] amounts = random.longs(count, 1, LARGEST).toArray();
        long[] held = new long[nodes];
        for (int move = 0; move < count; move++) {
            held[source[move]] += amounts[move];
        }
        long[] capacity = new long[nodes];
        Arrays.fill(capacity, 2L * LARGEST * EACH);
        problem = new SequenceProblem(
                new Space(nodes, 1, capacity, held),
                new Moves(
                        source,
                        target,
                        amounts,
                        Arrays.stream(amounts).asDoubleStream().toArray(),
                        new double[count],
                        new int[count],
                        new int[count][0]),
                new Limits(Limits.NONE, 2, 2, true, 3),
                Rules.none(count));
    }

    /** The scheduler that the executor asks, with moves that end in the order in which they began. */
    @Benchmark
    public int schedule() {
        Sequencer sequencer = Sequencer.ofOrdered(problem);
        Queue<Integer> running = new ArrayDeque<>();
        Arrays.stream(sequencer.begin()).forEach(running::add);
        int ended = 0;
        while (!running.isEmpty()) {
            Arrays.stream(sequencer.ended(running.remove())).forEach(running::add);
            ended++;
        }
        return ended;
    }

    @Benchmark
    public double sequence() {
        return Sequencing.of(problem).makespan();
    }
}

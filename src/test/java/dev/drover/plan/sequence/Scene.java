package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import dev.drover.plan.sequence.SequenceProblem.StopOvers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A problem of one resource, written as it is read: nodes of 10, and moves of one byte a second for each unit that they hold. */
final class Scene {
    static final int CAPACITY = 10;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final long[] held;
    private final List<int[]> moves = new ArrayList<>();
    private final List<int[]> precedence = new ArrayList<>();
    private final List<int[]> oneAtATime = new ArrayList<>();
    private int[] rank = {};
    private int[][] others = {};
    private double[] deadline = {};
    private double[] dirty = {};
    private StopOvers stopOvers = (move, node) -> true;
    private final List<int[]> apart = new ArrayList<>();
    private Limits limits = new Limits(Limits.NONE, 2, 2, false, 1);

    private Scene(int nodes) {
        held = new long[nodes];
    }

    static Scene ofNodes(int nodes) {
        return new Scene(nodes);
    }

    Scene move(int source, int target, int size) {
        moves.add(new int[] {source, target, size});
        held[source] += size;
        rank = Arrays.copyOf(rank, moves.size());
        others = Arrays.copyOf(others, moves.size());
        others[moves.size() - 1] = new int[0];
        dirty = Arrays.copyOf(dirty, moves.size());
        deadline = Arrays.copyOf(deadline, moves.size());
        deadline[moves.size() - 1] = NEVER;
        return this;
    }

    /** Something that does not move. */
    Scene stays(int node, int size) {
        held[node] += size;
        return this;
    }

    Scene limits(Limits newLimits) {
        limits = newLimits;
        return this;
    }

    /** Of the last move. */
    Scene rank(int value) {
        rank[moves.size() - 1] = value;
        return this;
    }

    /** Of the last move. */
    Scene orTo(int... nodes) {
        others[moves.size() - 1] = nodes;
        return this;
    }

    /** Of the last move. */
    Scene until(double second) {
        deadline[moves.size() - 1] = second;
        return this;
    }

    /** Of the last move. */
    Scene writes(double bytesPerSecond) {
        dirty[moves.size() - 1] = bytesPerSecond;
        return this;
    }

    Scene before(int first, int second) {
        precedence.add(new int[] {first, second});
        return this;
    }

    Scene oneAtATime(int... set) {
        oneAtATime.add(set);
        return this;
    }

    /** No two of them may meet on a node. */
    Scene apart(int... set) {
        apart.add(set);
        return this;
    }

    /** None may stop over there. */
    Scene noStopOverOn(int forbidden) {
        stopOvers = (move, node) -> node != forbidden;
        return this;
    }

    SequenceProblem problem() {
        long[] capacity = new long[held.length];
        Arrays.fill(capacity, CAPACITY);
        return new SequenceProblem(
                new Space(held.length, 1, capacity, held),
                new Moves(
                        column(0),
                        column(1),
                        Arrays.stream(column(2)).asLongStream().toArray(),
                        Arrays.stream(column(2)).asDoubleStream().toArray(),
                        dirty,
                        rank,
                        others),
                limits,
                new Rules(
                        precedence.toArray(int[][]::new),
                        oneAtATime.toArray(int[][]::new),
                        deadline,
                        stopOvers,
                        apart.isEmpty() ? PlacementRules.NONE : new Apart(apart.toArray(int[][]::new), column(0))));
    }

    private int[] column(int column) {
        return moves.stream().mapToInt(move -> move[column]).toArray();
    }
}

package dev.drover.plan;

import dev.drover.plan.MoveProgress.State;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import dev.drover.plan.sequence.Sequencer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Which moves of a plan are next, by the online scheduler: first those of the first priority, then those with the most work behind them,
 * be it in moves that follow them or on the nodes that they leave and enter. The scheduler is made from the plan and its progress each time, and
 * keeps nothing, so whoever takes a plan over goes on in the same order (P14).
 */
public final class NextMoves {
    /** A plan may say nothing of a move's seconds, but each takes some. */
    private static final double LEAST_SECONDS = 1;

    private static final double BANDWIDTH = 1;

    private final List<Move> moves;
    private final BitSet offered = new BitSet();
    private Execution execution;

    private NextMoves(Execution execution) {
        this.execution = execution;
        moves = execution.moves().stream()
                .filter(move -> !execution.progressOf(move.id()).state().ended())
                .toList();
    }

    /**
     * Offers each move that may start now, the most urgent first, once. How many may be in flight is for the starter to say, who knows
     * of everyone's.
     *
     * @param starter is given the plan as it stands and the move, and says how far the move is then
     * @return how the plan stands then
     */
    public static Execution start(Execution execution, BiFunction<Execution, Move, MoveProgress> starter) {
        NextMoves next = new NextMoves(execution);
        Sequencer sequencer = next.sequencer(new Limits(Limits.NONE, Limits.NONE, Limits.NONE, false, BANDWIDTH));
        sequencer.begin(leg -> next.offer(next.moves.get(leg), leg, starter));
        return next.execution;
    }

    private boolean offer(Move move, int number, BiFunction<Execution, Move, MoveProgress> starter) {
        if (offered.get(number) || !execution.unblocked(move)) {
            return false;
        }
        offered.set(number);
        MoveProgress progress = starter.apply(execution, move);
        execution = execution.with(progress);
        return progress.state() == State.RUNNING;
    }

    /** The scheduler as it stands when the moves that run have been started. */
    static Sequencer sequencer(Execution execution, Limits limits) {
        return new NextMoves(execution).sequencer(limits);
    }

    private Sequencer sequencer(Limits limits) {
        Sequencer sequencer = Sequencer.ofOrdered(problem(limits));
        for (int number = 0; number < moves.size(); number++) {
            if (execution.progressOf(moves.get(number).id()).state() == State.RUNNING) {
                sequencer.runs(number);
            }
        }
        return sequencer;
    }

    /** The moves that have not ended, between nodes of which nothing is asked: what a move needs of others is in what it follows. */
    private SequenceProblem problem(Limits limits) {
        Map<String, Integer> nodes = new HashMap<>();
        for (Move move : moves) {
            nodes.putIfAbsent(move.from(), nodes.size());
            nodes.putIfAbsent(move.to(), nodes.size());
        }
        int count = moves.size();
        Moves numbers = new Moves(
                moves.stream().mapToInt(move -> nodes.get(move.from())).toArray(),
                moves.stream().mapToInt(move -> nodes.get(move.to())).toArray(),
                new long[0],
                moves.stream()
                        .mapToDouble(move -> Math.max(LEAST_SECONDS, move.seconds()))
                        .toArray(),
                new double[count],
                moves.stream().mapToInt(Move::priority).toArray(),
                new int[count][0]);
        Space space = new Space(nodes.size(), 0, new long[0], new long[0]);
        return new SequenceProblem(space, numbers, limits, rules(count));
    }

    private Rules rules(int count) {
        Map<String, Integer> numberOf = new HashMap<>();
        List<int[]> pairs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            for (String id : moves.get(number).after()) {
                Integer first = numberOf.get(id);
                if (first != null) {
                    pairs.add(new int[] {first, number});
                }
            }
            numberOf.put(moves.get(number).id(), number);
        }
        Rules none = Rules.none(count);
        return new Rules(
                pairs.toArray(int[][]::new), none.oneAtATime(), none.deadline(), none.stopOvers(), none.placement());
    }
}

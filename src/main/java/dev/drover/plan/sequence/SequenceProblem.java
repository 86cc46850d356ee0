package dev.drover.plan.sequence;

import java.util.Arrays;

/**
 * Moves that are to be put in an order. Nodes, resources and moves are numbers from 0. Arrays are never changed after construction;
 * safe for threads.
 */
public record SequenceProblem(Space space, Moves moves, Limits limits, Rules rules) {
    /**
     * From this ratio of the rate of writing to the bandwidth on, copying does not come to an end that is worth waiting for; a node
     * never shares its bandwidth among so many that one of them would come to it.
     */
    public static final double HOPELESS_RATIO = 0.9;

    /** @throws IllegalArgumentException when its parts do not fit together */
    public SequenceProblem {
        Preconditions.check(space, moves, limits, rules);
    }

    /**
     * What nodes can hold and what they hold before the first move. A node that holds too much then takes nothing of what it has too
     * much of, until it has room.
     *
     * @param capacity nodes x resources
     * @param held nodes x resources, with everything that is to move
     */
    public record Space(int nodes, int resources, long[] capacity, long[] held) {}

    /**
     * @param source for each move the node it leaves
     * @param target for each move another node
     * @param amounts moves x resources: held at both ends while it moves, and at the source only given back at its end
     * @param bytes for each move how much is copied, above 0
     * @param dirtyRate for each move the bytes a second that the guest writes meanwhile
     * @param rank for each move its precedence among those that could start: 0 is first (evacuation and overload), others follow
     * @param otherTargets for each move the nodes that would be as good as its target
     */
    public record Moves(
            int[] source,
            int[] target,
            long[] amounts,
            double[] bytes,
            double[] dirtyRate,
            int[] rank,
            int[][] otherTargets) {
        public int count() {
            return source.length;
        }
    }

    /**
     * How many may be in flight, 1 or more each; {@link #NONE} for no limit.
     *
     * @param isShared whether the bandwidth is that of a node, in equal parts for all that leave and enter it (a stream gets the smaller
     *     part of its two ends), or that of each move
     * @param bandwidth bytes a second
     */
    public record Limits(int cluster, int perSource, int perTarget, boolean isShared, double bandwidth) {
        public static final int NONE = Integer.MAX_VALUE;
    }

    /**
     * Rules between moves.
     *
     * @param precedence pairs: the second starts only when the first has ended
     * @param oneAtATime sets of moves of which at most one is in flight: those that are serialized, and the members of a quorum
     * @param deadline for each move the second at which it is to have ended; infinite for none. It makes the move urgent
     * @param stopOvers where they may stop over
     * @param placement who may be where together meanwhile
     */
    public record Rules(
            int[][] precedence, int[][] oneAtATime, double[] deadline, StopOvers stopOvers, PlacementRules placement) {
        /** No rules between so many moves. */
        public static Rules none(int moves) {
            double[] deadline = new double[moves];
            Arrays.fill(deadline, Double.POSITIVE_INFINITY);
            return new Rules(new int[0][], new int[0][], deadline, (move, node) -> true, PlacementRules.NONE);
        }

        /** The same with other placement rules. */
        public Rules with(PlacementRules newPlacement) {
            return new Rules(precedence, oneAtATime, deadline, stopOvers, newPlacement);
        }
    }

    /** Whether a move may stop over on a node, room aside. Its answers never change; safe for threads. */
    @FunctionalInterface
    public interface StopOvers {
        boolean allow(int move, int node);
    }

    /** @return seconds of a move that has all the bandwidth it could have; infinite when its guest writes too fast for that */
    public double leastSeconds(int move) {
        double rate = limits.bandwidth() - moves.dirtyRate()[move];
        return moves.dirtyRate()[move] >= HOPELESS_RATIO * limits.bandwidth()
                ? Double.POSITIVE_INFINITY
                : moves.bytes()[move] / rate;
    }
}

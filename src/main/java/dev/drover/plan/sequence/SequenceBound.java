package dev.drover.plan.sequence;

import java.util.Arrays;

/**
 * A lower bound of the makespan, whatever the order and the stop-overs: the longest move, the sum over the cluster, over what leaves and
 * enters each node and over its bandwidth, and the longest chain of moves that follow each other.
 */
final class SequenceBound {
    private final SequenceProblem problem;
    private final int count;
    private final double[] seconds;

    private SequenceBound(SequenceProblem problem) {
        this.problem = problem;
        count = problem.moves().count();
        seconds = new double[count];
    }

    /** @param isDone for each move whether it counts: those that are left out do not */
    static double of(SequenceProblem problem, boolean[] isDone) {
        SequenceBound bound = new SequenceBound(problem);
        for (int move = 0; move < bound.count; move++) {
            bound.seconds[move] = isDone[move] ? problem.leastSeconds(move) : 0;
        }
        SequenceProblem.Limits limits = problem.limits();
        double most = Math.max(Arrays.stream(bound.seconds).sum() / limits.cluster(), bound.chain());
        int[] source = problem.moves().source();
        int[] target = problem.moves().target();
        most = Math.max(most, bound.busiest(source) / limits.perSource());
        if (Arrays.stream(problem.moves().otherTargets()).allMatch(others -> others.length == 0)) {
            most = Math.max(most, bound.busiest(target) / limits.perTarget());
            return limits.isShared() ? Math.max(most, bound.busiest(source, target)) : most;
        }
        return limits.isShared() ? Math.max(most, bound.busiest(source)) : most;
    }

    private double busiest(int[]... ends) {
        double[] sum = new double[problem.space().nodes()];
        for (int[] each : ends) {
            for (int move = 0; move < count; move++) {
                sum[each[move]] += seconds[move];
            }
        }
        return Arrays.stream(sum).max().orElse(0);
    }

    /** Longest chain by rounds: each takes the chains one move further, so there are as many as the longest chain has moves. */
    private double chain() {
        double[] end = seconds.clone();
        boolean hasGrown = true;
        for (int round = 0; hasGrown && round < count; round++) {
            hasGrown = false;
            for (int[] pair : problem.rules().precedence()) {
                double later = end[pair[0]] + seconds[pair[1]];
                if (seconds[pair[0]] > 0 && seconds[pair[1]] > 0 && later > end[pair[1]]) {
                    end[pair[1]] = later;
                    hasGrown = true;
                }
            }
        }
        return Arrays.stream(end).max().orElse(0);
    }
}

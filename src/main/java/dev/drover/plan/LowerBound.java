package dev.drover.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No order of these migrations can be faster than this under a budget, the room on nodes aside. */
final class LowerBound {
    private LowerBound() {}

    /** Seconds: the longest one, and the sums over the cluster, each source and each target, divided by their slots. */
    static double of(List<Schedule.Start> starts, Budget budget) {
        double longest = 0;
        double sum = 0;
        Map<Integer, Double> out = new HashMap<>();
        Map<Integer, Double> in = new HashMap<>();
        for (Schedule.Start start : starts) {
            double seconds = start.task().seconds();
            longest = Math.max(longest, seconds);
            sum += seconds;
            out.merge(start.task().from(), seconds, Double::sum);
            in.merge(start.task().to(), seconds, Double::sum);
        }
        double bound = Math.max(longest, sum / budget.maxConcurrent());
        bound = Math.max(bound, most(out) / budget.perSourceNode());
        return Math.max(bound, most(in) / budget.perTargetNode());
    }

    private static double most(Map<Integer, Double> sums) {
        return sums.values().stream().mapToDouble(value -> value).max().orElse(0);
    }
}

package dev.drover.plan;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Overload;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Violation;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong at one instant, by the independent checkers. Two instants can be compared, since what was broken before a plan may
 * stay so, but must not get worse.
 */
record Breaches(List<Violation> violations, List<Overload> overloads) {

    static Breaches of(Cluster cluster, List<Constraint> constraints, Occupancy occupancy, At at) {
        return new Breaches(
                ConstraintChecker.check(cluster, constraints, occupancy, at),
                CapacityChecker.check(cluster, occupancy));
    }

    /** What is wrong here and was not, or was less, in {@code before}; sentences for a person. */
    List<String> since(Breaches before, List<Constraint> constraints) {
        List<String> news = new ArrayList<>();
        Map<ConstraintId, Set<VmId>> known = new HashMap<>();
        before.violations.forEach(old ->
                known.computeIfAbsent(old.constraint(), id -> new HashSet<>()).add(old.vm()));
        Set<ConstraintId> sums = new HashSet<>();
        constraints.stream().filter(Breaches::judgesSums).forEach(constraint -> sums.add(constraint.id()));
        for (Violation violation : violations) {
            Set<VmId> vms = known.get(violation.constraint());
            boolean old = vms != null && (sums.contains(violation.constraint()) || vms.contains(violation.vm()));
            if (!old) {
                news.add(violation.constraint() + ": " + violation.message());
            }
        }
        Map<String, Long> requested = new HashMap<>();
        before.overloads.forEach(old -> requested.put(old.node() + "/" + old.resource(), old.requested()));
        for (Overload overload : overloads) {
            Long old = requested.get(overload.node() + "/" + overload.resource());
            if (old == null || old < overload.requested()) {
                news.add(overload.toString());
            }
        }
        return news;
    }

    /** Of these the checker names any one of the virtual machines that add up. */
    private static boolean judgesSums(Constraint constraint) {
        return constraint.rule() instanceof Rule.Capacity
                || constraint.rule() instanceof Rule.Spread spread
                        && spread.maxSkew().isPresent();
    }
}

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
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wrong at one instant, by the independent checkers. Two instants can be compared, since what was broken before a plan may
 * stay so, but must not get worse.
 */
record Breaches(List<Violation> violations, List<Overload> overloads) {

    /**
     * What would be wrong once nothing moves, migrations that were in flight in {@code cluster} having arrived.
     *
     * @param occupancy where everything else is by then
     */
    static Breaches atRest(Cluster cluster, List<Constraint> constraints, Occupancy occupancy) {
        Occupancy settled = occupancy;
        for (Vm vm : cluster.vms()) {
            if (vm.target() != null) {
                settled = settled.with(vm.id(), Set.of(vm.target()));
            }
        }
        return of(cluster, constraints, settled, At.REST);
    }

    static Breaches of(Cluster cluster, List<Constraint> constraints, Occupancy occupancy, At at) {
        return new Breaches(
                ConstraintChecker.check(cluster, constraints, occupancy, at),
                CapacityChecker.check(cluster, occupancy));
    }

    /** What is wrong here and was not, or was less, in {@code before}; sentences for a person. */
    List<String> since(Breaches before, List<Constraint> constraints) {
        List<String> news = new ArrayList<>();
        for (Constraint constraint : constraints) {
            news.addAll(before.newsOf(constraint, violations));
        }
        for (Overload overload : overloads) {
            news.addAll(before.newsOf(overload));
        }
        return news;
    }

    /** What {@code violations} say of one constraint, if that is worse than here. */
    List<String> newsOf(Constraint constraint, List<Violation> violations) {
        Set<VmId> old = blamed(constraint.id(), this.violations);
        Set<VmId> now = blamed(constraint.id(), violations);
        boolean worse = comparesCounts(constraint.rule()) ? now.size() > old.size() : !old.containsAll(now);
        return worse
                ? violations.stream()
                        .filter(violation -> violation.constraint().equals(constraint.id()))
                        .map(violation -> constraint.id() + ": " + violation.message())
                        .toList()
                : List.of();
    }

    /** What is to be said of an overload, if it is new or more than here. */
    List<String> newsOf(Overload overload) {
        boolean known = overloads.stream()
                .anyMatch(old -> old.node().equals(overload.node())
                        && old.resource().equals(overload.resource())
                        && old.requested() >= overload.requested());
        return known ? List.of() : List.of(overload.toString());
    }

    /**
     * Of sums the checker names one of the virtual machines that add up, whichever that is; and which domain is the right one for those
     * that belong together may change with each move. Elsewhere each name counts.
     */
    private static boolean comparesCounts(Rule rule) {
        return switch (rule) {
            case Rule.Capacity capacity -> true;
            case Rule.Reserve reserve -> true;
            case Rule.Overcommit overcommit -> true;
            case Rule.MaxNodesInUse maxNodesInUse -> true;
            case Rule.Quarantine quarantine -> false;
            case Rule.Colocate colocate -> true;
            case Rule.SameDomain sameDomain -> true;
            case Rule.Spread spread -> spread.maxSkew().isPresent();
            case Rule.SeparateFrom separateFrom -> false;
            case Rule.AllowedNodes allowedNodes -> false;
            case Rule.ForbiddenNodes forbiddenNodes -> false;
            case Rule.Exclusive exclusive -> false;
            case Rule.Pinned pinned -> false;
        };
    }

    private static Set<VmId> blamed(ConstraintId constraint, List<Violation> violations) {
        return violations.stream()
                .filter(violation -> violation.constraint().equals(constraint))
                .map(Violation::vm)
                .collect(Collectors.toSet());
    }
}

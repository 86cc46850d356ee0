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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            Set<VmId> old = before.blamedBy(constraint.id());
            Set<VmId> now = blamedBy(constraint.id());
            boolean worse = comparesCounts(constraint.rule()) ? now.size() > old.size() : !old.containsAll(now);
            if (worse) {
                violations.stream()
                        .filter(violation -> violation.constraint().equals(constraint.id()))
                        .map(violation -> constraint.id() + ": " + violation.message())
                        .forEach(news::add);
            }
        }
        news.addAll(overloadsSince(before));
        return news;
    }

    /**
     * Of sums the checker names one of the virtual machines that add up, whichever that is; and which domain is the right one for those
     * that belong together may change with each move. Elsewhere each name counts.
     */
    private static boolean comparesCounts(Rule rule) {
        return switch (rule) {
            case Rule.Capacity capacity -> true;
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

    private Set<VmId> blamedBy(ConstraintId constraint) {
        return violations.stream()
                .filter(violation -> violation.constraint().equals(constraint))
                .map(Violation::vm)
                .collect(Collectors.toSet());
    }

    private List<String> overloadsSince(Breaches before) {
        Map<String, Long> requested = new HashMap<>();
        before.overloads.forEach(old -> requested.put(old.node() + "/" + old.resource(), old.requested()));
        List<String> news = new ArrayList<>();
        for (Overload overload : overloads) {
            Long old = requested.get(overload.node() + "/" + overload.resource());
            if (old == null || old < overload.requested()) {
                news.add(overload.toString());
            }
        }
        return news;
    }
}

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wrong at one instant, by the independent checkers. Two instants can be compared, since what was broken before a plan may
 * stay so, but must not get worse. Immutable.
 */
final class Breaches {
    private final Map<ConstraintId, List<Violation>> violations;
    private final Map<String, List<Overload>> overloads;

    Breaches(List<Violation> violations, List<Overload> overloads) {
        this.violations = violations.stream().collect(Collectors.groupingBy(Violation::constraint));
        this.overloads = overloads.stream()
                .collect(Collectors.groupingBy(Overload::node, LinkedHashMap::new, Collectors.toList()));
    }

    /**
     * What would be wrong once nothing moves, migrations that were in flight in {@code cluster} having arrived.
     *
     * @param occupancy where everything else is by then
     */
    static Breaches atRest(Cluster cluster, List<Constraint> constraints, Occupancy occupancy) {
        Map<VmId, Set<String>> arrived = new HashMap<>();
        for (Vm vm : cluster.vms()) {
            if (vm.target() != null) {
                arrived.put(vm.id(), Set.of(vm.target()));
            }
        }
        return of(cluster, constraints, occupancy.with(arrived), At.REST);
    }

    static Breaches of(Cluster cluster, List<Constraint> constraints, Occupancy occupancy, At at) {
        return new Breaches(
                ConstraintChecker.check(cluster, constraints, occupancy, at),
                CapacityChecker.check(cluster, occupancy));
    }

    /** What breaks one constraint. */
    List<Violation> of(ConstraintId constraint) {
        return violations.getOrDefault(constraint, List.of());
    }

    /** Whose places break a constraint. */
    Set<VmId> vms() {
        return violations.values().stream()
                .flatMap(List::stream)
                .map(Violation::vm)
                .collect(Collectors.toSet());
    }

    /** What is wrong here and was not, or was less, in {@code before}; sentences for a person. */
    List<String> since(Breaches before, List<Constraint> constraints) {
        List<String> news = new ArrayList<>();
        for (Constraint constraint : constraints) {
            news.addAll(before.newsOf(constraint, of(constraint.id())));
        }
        overloads.values().forEach(ofNode -> ofNode.forEach(overload -> news.addAll(before.newsOf(overload))));
        return news;
    }

    /** @param now what breaks the constraint; returned in words if it is worse than here */
    List<String> newsOf(Constraint constraint, List<Violation> now) {
        if (now.isEmpty()) {
            return List.of();
        }
        Set<VmId> old = blamed(of(constraint.id()));
        Set<VmId> blamed = blamed(now);
        boolean worse = comparesCounts(constraint.rule()) ? blamed.size() > old.size() : !old.containsAll(blamed);
        return worse
                ? now.stream()
                        .map(violation -> constraint.id() + ": " + violation.message())
                        .toList()
                : List.of();
    }

    /** What is to be said of an overload, if it is new or more than here. */
    List<String> newsOf(Overload overload) {
        boolean known = overloads.getOrDefault(overload.node(), List.of()).stream()
                .anyMatch(old -> old.resource().equals(overload.resource()) && old.requested() >= overload.requested());
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

    private static Set<VmId> blamed(List<Violation> violations) {
        return violations.stream().map(Violation::vm).collect(Collectors.toSet());
    }
}

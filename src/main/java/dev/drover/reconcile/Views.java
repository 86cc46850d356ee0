package dev.drover.reconcile;

import dev.drover.constraint.Conflict;
import dev.drover.constraint.ConflictFinder;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Occupancy;
import dev.drover.observe.Snapshot;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the view of one cycle from its snapshot. */
final class Views {
    private final ActiveConstraints constraints;

    Views(ActiveConstraints constraints) {
        this.constraints = constraints;
    }

    View of(Snapshot snapshot) {
        List<Conflict> conflicts = constraints.conflicts(snapshot);
        List<Constraint> active = ConflictFinder.withoutConflicting(snapshot.constraints(), conflicts);
        return new View(
                snapshot,
                active,
                conflicts,
                ConstraintCompiler.compile(snapshot.cluster(), active),
                ConstraintChecker.check(
                        snapshot.cluster(), active, Occupancy.of(snapshot.cluster()), ConstraintChecker.At.REST),
                snapshot.pools(),
                snapshot.policies().stream()
                        .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), Function.identity())));
    }
}

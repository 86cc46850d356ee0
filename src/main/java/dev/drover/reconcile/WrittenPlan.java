package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A MigrationPlan, as what is left of it to do. */
public final class WrittenPlan {
    private WrittenPlan() {}

    /** The moves that have not begun, in their order; moves that ended well are not named any more as what they follow. */
    public static List<Move> pending(MigrationPlan plan) {
        Execution execution = PlanRecords.toExecution(plan);
        Set<String> done = execution.progress().stream()
                .filter(progress -> progress.state() == MoveProgress.State.SUCCEEDED)
                .map(MoveProgress::id)
                .collect(Collectors.toSet());
        return execution.pending().stream().map(move -> without(done, move)).toList();
    }

    private static Move without(Set<String> done, Move move) {
        List<String> after =
                move.after().stream().filter(id -> !done.contains(id)).toList();
        return new Move(
                move.id(),
                move.vm(),
                move.vmUid(),
                move.from(),
                move.to(),
                after,
                move.reason(),
                move.why(),
                move.priority(),
                move.gain(),
                move.seconds(),
                move.effect());
    }
}

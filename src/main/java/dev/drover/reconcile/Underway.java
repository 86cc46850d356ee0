package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.plan.Budget;
import dev.drover.plan.Execution;
import dev.drover.plan.InFlight;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.MoveProgress.State;
import dev.drover.plan.Slots;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The cluster as it becomes while one cycle starts moves: whatever the cycle has begun counts for every move after it, of whichever
 * plan and policy (P2, P4, P5). Used by the loop's thread only.
 */
final class Underway {
    private final InFlight inFlight;
    private Cluster cluster;

    private Underway(Cluster cluster) {
        this.cluster = cluster;
        this.inFlight = InFlight.in(cluster);
    }

    /**
     * At the start of a cycle. A migration that another process created a moment ago may not have been seen yet; it counts all the
     * same when the plan says that it runs.
     */
    static Underway at(View view) {
        Underway result = new Underway(view.cluster());
        Set<String> seen =
                view.cluster().migrations().stream().map(Migration::name).collect(Collectors.toSet());
        for (MigrationPlan plan : view.snapshot().plans()) {
            if (plan.getSpec().approval() != null && !PlanStatuses.ended(plan)) {
                result.addUnseen(PlanRecords.toExecution(plan).settled(view.cluster()), seen);
            }
        }
        return result;
    }

    private void addUnseen(Execution execution, Set<String> seen) {
        for (Move move : execution.moves()) {
            MoveProgress progress = execution.progressOf(move.id());
            if (progress.state() == State.RUNNING && !seen.contains(progress.migration())) {
                inFlight.add(move.from(), move.to());
            }
        }
    }

    /** With every virtual machine that has begun to move at both its nodes. */
    Cluster cluster() {
        return cluster;
    }

    /** What one policy may still start; it shrinks whichever policy's moves begin. */
    Slots slots(Budget budget, Slots.Limits limits) {
        return new Slots(inFlight, budget, limits);
    }

    void begin(Move move) {
        inFlight.add(move.from(), move.to());
        List<Vm> vms = cluster.vms().stream()
                .map(vm -> vm.id().equals(move.vm()) ? vm.movingTo(move.to()) : vm)
                .toList();
        cluster = new Cluster(
                cluster.takenAt(), cluster.nodes(), vms, cluster.pods(), cluster.migrations(), cluster.namespaces());
    }
}

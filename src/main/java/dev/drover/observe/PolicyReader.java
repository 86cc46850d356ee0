package dev.drover.observe;

import dev.drover.api.v1alpha1.MigrationDeadlines;
import dev.drover.api.v1alpha1.MoveBudget;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.model.Selector;
import dev.drover.placement.Goal;
import dev.drover.plan.Budget;
import dev.drover.plan.Policy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;

/** Reads policies from their custom resources. */
public final class PolicyReader {

    private PolicyReader() {}

    /** A policy without a node selector, which only the default has, selects every node. */
    public static Policy read(PlacementPolicy resource) {
        ObjectMeta meta = resource.getMetadata();
        return read(meta.getName(), meta.getUid(), Instant.parse(meta.getCreationTimestamp()), resource.getSpec());
    }

    /** The same from its parts. */
    public static Policy read(String name, String uid, Instant created, PlacementPolicySpec spec) {
        MoveBudget budget = spec.budget();
        return new Policy(
                name,
                uid,
                created,
                mode(spec.mode()),
                spec.nodeSelector() == null ? Selector.EVERYTHING : SelectorReader.read(spec.nodeSelector()),
                goal(spec),
                new Budget(budget.maxConcurrent(), budget.perSourceNode(), budget.perTargetNode()),
                budget.perVirtualMachinePerDay(),
                Duration.ofSeconds(budget.cooldownSeconds()),
                deadlines(spec.migrationDeadlines()));
    }

    private static Goal goal(PlacementPolicySpec spec) {
        return new Goal(
                spec.weights().cpu(),
                spec.weights().memory(),
                spec.targetUtilization().cpuPercent() / 100.0,
                spec.targetUtilization().memoryPercent() / 100.0,
                new Goal.Throughput(
                        spec.weights().network(),
                        spec.weights().diskIO(),
                        spec.targetUtilization().networkPercent() / 100.0,
                        spec.targetUtilization().diskIOPercent() / 100.0),
                spec.aggressiveness(),
                Goal.DEFAULT.maxMoves(),
                switch (spec.objective()) {
                    case BALANCE -> Goal.Objective.BALANCE;
                    case CONSOLIDATE -> Goal.Objective.CONSOLIDATE;
                });
    }

    private static Policy.Mode mode(PolicyMode mode) {
        return switch (mode) {
            case OFF -> Policy.Mode.OFF;
            case RECOMMEND -> Policy.Mode.RECOMMEND;
            case AUTOMATIC -> Policy.Mode.AUTOMATIC;
        };
    }

    private static Policy.Deadlines deadlines(MigrationDeadlines written) {
        return new Policy.Deadlines(
                Duration.ofSeconds(written.pendingSeconds()),
                Duration.ofSeconds(written.schedulingSeconds()),
                Duration.ofSeconds(written.preparingSeconds()),
                Duration.ofSeconds(written.runningSeconds()));
    }
}

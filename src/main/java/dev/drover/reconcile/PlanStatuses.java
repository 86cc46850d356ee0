package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ActualResult;
import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import dev.drover.plan.Execution;
import dev.drover.plan.MoveProgress;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.ObjectReason;
import dev.drover.status.PlanReason;
import dev.drover.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a plan's status says of its execution. */
final class PlanStatuses {
    /** On a plan that the operator approved because its policy is Automatic; a person's approval has none. */
    static final String APPROVED_BY = "drover.dev/approved-by";

    static final String OPERATOR = "operator";

    private PlanStatuses() {}

    /**
     * How an execution stands.
     *
     * @param superseded why it is no longer wanted; empty while it is
     * @param stalled what a person has to clear; empty when nothing
     * @param score of the policy now, 0-100; null when it governs nothing
     */
    record Standing(Execution execution, String superseded, String stalled, @Nullable Integer score) {}

    static boolean ended(MigrationPlan plan) {
        return plan.getStatus() != null
                && plan.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.SUCCEEDED.value())
                                && condition.status() != ConditionStatus.UNKNOWN);
    }

    static boolean decided(MigrationPlan plan, ApprovalDecision decision) {
        Approval approval = plan.getSpec().approval();
        return approval != null && approval.decision() == decision;
    }

    static boolean approvedByOperator(MigrationPlan plan) {
        return plan.getMetadata().getAnnotations() != null
                && OPERATOR.equals(plan.getMetadata().getAnnotations().get(APPROVED_BY));
    }

    static MigrationPlanStatus of(MigrationPlan plan, Standing standing, Instant now) {
        List<Condition> previous =
                plan.getStatus() == null ? List.of() : plan.getStatus().conditions();
        long generation = Objects.requireNonNullElse(plan.getMetadata().getGeneration(), 0L);
        Conditions conditions = new Conditions(previous, generation, now);
        boolean over = over(plan, standing);
        if (over) {
            end(conditions, plan, standing);
        } else {
            proceed(conditions, plan, standing);
        }
        conditions.set(
                ConditionType.SUPERSEDED,
                !standing.superseded().isEmpty(),
                standing.superseded().isEmpty() ? ObjectReason.RECONCILED : PlanReason.SUPERSEDED,
                standing.superseded());
        conditions.set(
                ConditionType.STALLED,
                !standing.stalled().isEmpty(),
                standing.stalled().isEmpty() ? PlanReason.NOT_STALLED : PlanReason.STALLED,
                standing.stalled());
        return new MigrationPlanStatus(
                conditions.toList(),
                generation,
                PlanRecords.toStatuses(standing.execution()),
                over ? actual(standing) : null);
    }

    private static boolean over(MigrationPlan plan, Standing standing) {
        return decided(plan, ApprovalDecision.REJECTED)
                || standing.execution().ended()
                || !standing.superseded().isEmpty()
                        && !standing.execution().running()
                        && standing.execution().pending().isEmpty();
    }

    private static void proceed(Conditions conditions, MigrationPlan plan, Standing standing) {
        Reason reason = decided(plan, ApprovalDecision.APPROVED) || decided(plan, ApprovalDecision.ABORTED)
                ? PlanReason.MOVING
                : PlanReason.WAITING_FOR_APPROVAL;
        String message = "%d of %d moves made, %d in flight."
                .formatted(
                        standing.execution().count(MoveProgress.State.SUCCEEDED),
                        standing.execution().moves().size(),
                        standing.execution().count(MoveProgress.State.RUNNING));
        conditions.set(ConditionType.PROGRESSING, true, reason, message);
        conditions.unknown(ConditionType.SUCCEEDED, reason, message);
    }

    private static void end(Conditions conditions, MigrationPlan plan, Standing standing) {
        long made = standing.execution().count(MoveProgress.State.SUCCEEDED);
        long all = approved(plan);
        Reason reason = decided(plan, ApprovalDecision.REJECTED)
                ? PlanReason.REJECTED
                : decided(plan, ApprovalDecision.ABORTED)
                        ? PlanReason.ABORTED
                        : made == all
                                ? PlanReason.COMPLETED
                                : made == 0 && !standing.superseded().isEmpty()
                                        ? PlanReason.SUPERSEDED
                                        : PlanReason.PARTLY_DONE;
        String message = "%d of %d moves made.".formatted(made, all);
        conditions.set(ConditionType.PROGRESSING, false, reason, message);
        conditions.set(ConditionType.SUCCEEDED, made == all, reason, message);
    }

    /** How many of its moves are to be made: a person may have approved only some. */
    private static long approved(MigrationPlan plan) {
        Approval approval = plan.getSpec().approval();
        return plan.getSpec().moves().stream()
                .filter(move -> approval == null
                        || approval.moves() == null
                        || approval.moves().contains(move.id()))
                .count();
    }

    private static @Nullable ActualResult actual(Standing standing) {
        List<MoveProgress> progress = standing.execution().progress();
        Instant first = progress.stream()
                .map(MoveProgress::started)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant last = progress.stream()
                .map(MoveProgress::finished)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (first == null || last == null) {
            return null;
        }
        return new ActualResult(standing.score(), (int)
                Math.max(0, Duration.between(first, last).toSeconds()));
    }
}

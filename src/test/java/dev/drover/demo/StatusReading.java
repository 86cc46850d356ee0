package dev.drover.demo;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.status.ConditionType;
import java.util.List;
import java.util.Optional;

/** Reads the statuses that the operator writes. */
final class StatusReading {

    private StatusReading() {}

    static boolean ended(MigrationPlan plan) {
        return plan.getStatus() != null
                && find(plan.getStatus().conditions(), ConditionType.SUCCEEDED)
                        .filter(condition -> condition.status() != ConditionStatus.UNKNOWN)
                        .isPresent();
    }

    static boolean holds(PlacementPolicy policy, ConditionType type) {
        return policy.getStatus() != null && holds(policy.getStatus().conditions(), type);
    }

    static boolean holds(List<Condition> conditions, ConditionType type) {
        return find(conditions, type)
                .filter(condition -> condition.status() == ConditionStatus.TRUE)
                .isPresent();
    }

    /** Empty where there is no such condition. */
    static String message(List<Condition> conditions, ConditionType type) {
        return find(conditions, type).map(Condition::message).orElse("");
    }

    static String word(MoveReason reason) {
        return switch (reason) {
            case BALANCE -> "Balance";
            case FORECAST -> "Forecast";
            case CONSOLIDATION -> "Consolidation";
            case MAKE_ROOM -> "MakeRoom";
            case REQUESTED -> "Requested";
            case CONSTRAINT_REPAIR -> "ConstraintRepair";
        };
    }

    private static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type.value()))
                .findFirst();
    }
}

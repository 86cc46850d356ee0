package dev.drover.testbed.player;

import java.util.Map;
import java.util.Objects;

/** The field {@code status.migrationState} of a VMI, as virt-controller hands a migration to the nodes in it. */
record MigrationState(Map<String, Object> fields) {

    /** How far the nodes are. */
    enum Stage {
        PREPARING_TARGET,
        TARGET_READY,
        RUNNING,
        ARRIVED,
        OVER
    }

    Stage stage() {
        if (is("completed") || is("failed")) {
            return Stage.OVER;
        } else if (text("targetNodeAddress").isEmpty()) {
            return Stage.PREPARING_TARGET;
        } else if (text("startTimestamp").isEmpty()) {
            return Stage.TARGET_READY;
        } else if (text("endTimestamp").isEmpty()) {
            return Stage.RUNNING;
        }
        return Stage.ARRIVED;
    }

    String uid() {
        return text("migrationUid");
    }

    String sourceNode() {
        return text("sourceNode");
    }

    String targetNode() {
        return text("targetNode");
    }

    boolean failed() {
        return is("failed");
    }

    boolean abortRequested() {
        return is("abortRequested");
    }

    String abortStatus() {
        return text("abortStatus");
    }

    boolean is(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    String text(String field) {
        return Objects.toString(fields.get(field), "");
    }

    /** A setting of the migration, resolved from KubeVirt's configuration and the MigrationPolicies. */
    boolean allows(String setting) {
        return fields.get("migrationConfiguration") instanceof Map<?, ?> settings
                && Boolean.TRUE.equals(settings.get(setting));
    }

    double setting(String name, double otherwise) {
        var value = fields.get("migrationConfiguration") instanceof Map<?, ?> settings ? settings.get(name) : null;
        return switch (value) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            default -> DemandSyntax.value(value.toString());
        };
    }
}

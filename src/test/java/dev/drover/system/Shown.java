package dev.drover.system;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server shows of Drover's objects. Those with a namespace are in the namespace default. */
public record Shown(Testbed testbed) {
    private static final String API_VERSION = "drover.dev/v1alpha1";

    /** For example "True RulesConflict: message"; empty when the object or its condition is not there. */
    public String condition(String kind, String name, String type) {
        GenericKubernetesResource object = object(kind, name);
        List<Map<String, Object>> conditions = object == null ? null : object.get("status", "conditions");
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(condition -> type.equals(condition.get("type")))
                        .map(condition -> "%s %s: %s"
                                .formatted(condition.get("status"), condition.get("reason"), condition.get("message")))
                        .findFirst()
                        .orElse("");
    }

    /** Waits until the condition begins with the given words, and returns it. */
    public String awaitCondition(String kind, String name, String type, String beginning) {
        return Awaiting.until(
                "The condition %s of the %s (%s) is %s".formatted(type, kind, name, beginning),
                () -> condition(kind, name, type),
                seen -> seen.startsWith(beginning));
    }

    /** One field of the status, as text; empty when it is not there. */
    public String status(String kind, String name, String field) {
        GenericKubernetesResource object = object(kind, name);
        Object value = object == null ? null : object.get("status", field);
        return value == null ? "" : value.toString();
    }

    /** All plans, the oldest first. */
    public List<MigrationPlan> plans() {
        return testbed.client().resources(MigrationPlan.class).list().getItems().stream()
                .sorted(Comparator.comparing(plan -> plan.getMetadata().getCreationTimestamp()))
                .toList();
    }

    /** How far the moves of all plans are; those of a plan that nobody has looked at yet are pending. */
    public List<MoveState> moves() {
        return plans().stream().flatMap(Shown::moves).toList();
    }

    private static Stream<MoveState> moves(MigrationPlan plan) {
        return plan.getStatus() == null
                ? plan.getSpec().moves().stream().map(move -> MoveState.PENDING)
                : plan.getStatus().moves().stream().map(MoveStatus::state);
    }

    private @Nullable GenericKubernetesResource object(String kind, String name) {
        var objects = testbed.client().genericKubernetesResources(API_VERSION, kind);
        return switch (kind) {
            case "PlacementConstraint", "VirtualMachineProfile", "VirtualMachinePlacement", "ApplicationService" ->
                objects.inNamespace("default").withName(name).get();
            default -> objects.withName(name).get();
        };
    }
}

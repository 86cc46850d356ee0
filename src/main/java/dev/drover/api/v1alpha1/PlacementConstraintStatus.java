package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a rule holds, and who sees to it. Shared by both kinds of constraint. */
@ApiObject
public record PlacementConstraintStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Accepted: the rule makes sense. Satisfied: it holds now. Conflicting: it cannot hold, alone or together with others. Ready: accepted, satisfied, not conflicting.")
                List<Condition> conditions,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription("The metadata.generation that this status was written for.")
                @Nullable
                Long observedGeneration,
        @JsonPropertyDescription(
                        "Who holds the rule when a virtual machine starts or moves. Scheduler: kube-scheduler, by terms on the pod; Drover checks and repairs. Drover: Drover alone.")
                @Nullable
                Enforcer enforcedBy,
        @JsonPropertyDescription(
                        "When the rule holds. Continuous: at each instant, also while a virtual machine is on two nodes. Discrete: at rest.")
                @Nullable
                During during,
        @Min(0) @Max(1000000) @JsonPropertyDescription("How many running virtual machines the rule is about.") @Nullable
                Integer matchedVirtualMachines,
        @Size(max = 50) @JsonPropertyDescription("Where the rule does not hold; the first fifty.")
                List<Violation> violations,
        @Size(max = 20)
                @JsonPropertyDescription(
                        "The smallest set of rules that together with this one cannot hold, each as 'kind namespace/name' or 'kind name'.")
                List<@Size(max = 3 * Limits.NAME) String> conflictsWith) {
    public PlacementConstraintStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        violations = violations == null ? List.of() : List.copyOf(violations);
        conflictsWith = conflictsWith == null ? List.of() : List.copyOf(conflictsWith);
    }
}

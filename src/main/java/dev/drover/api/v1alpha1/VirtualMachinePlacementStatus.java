package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One virtual machine: where it is, how well it is served there, what happened to it. */
@ApiObject
public record VirtualMachinePlacementStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Placed: it runs on a node. Satisfied: all rules about it hold. Migratable: it can move live. Ready: placed and satisfied.")
                List<Condition> conditions,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it runs on.") @Nullable String node,
        @Size(max = 10)
                @JsonPropertyDescription("The last ten attempts to move it, the newest first, whoever made them.")
                List<PreviousNode> previousNodes,
        @JsonPropertyDescription("What it needs.") @Nullable ResourceDemand demand,
        @Min(0)
                @Max(100)
                @JsonPropertyDescription("How well it is served on its node: 100 is all that it asks for.")
                @Nullable
                Integer score,
        @JsonPropertyDescription("Whether it can move live.") @Nullable Migratable migratable,
        @Size(max = 50) @JsonPropertyDescription("The rules about it.") List<ConstraintVerdict> constraints,
        @JsonPropertyDescription("Until when it is not moved again for balance.") @Nullable Instant cooldownUntil,
        @Min(0)
                @Max(1000)
                @JsonPropertyDescription("How many moves of it failed in a row; the cooldown doubles with each.")
                @Nullable
                Integer consecutiveFailures,
        @Size(max = 20)
                @JsonPropertyDescription(
                        "Nodes that it is not sent to for a while, because a migration to them failed.")
                List<QuarantinedNode> quarantinedNodes,
        @JsonPropertyDescription(
                        "The last order to move it live to another node: the annotation drover.dev/relocate of the virtual machine.")
                @Nullable
                OrderedMove relocation) {
    public VirtualMachinePlacementStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        previousNodes = previousNodes == null ? List.of() : List.copyOf(previousNodes);
        constraints = constraints == null ? List.of() : List.copyOf(constraints);
        quarantinedNodes = quarantinedNodes == null ? List.of() : List.copyOf(quarantinedNodes);
    }
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How much may be moved, and when. Migrations that others start count too. */
@ApiObject
public record MoveBudget(
        @Default("4")
                @Min(1)
                @Max(100)
                @JsonPropertyDescription(
                        "Most migrations in flight at once, everyone's counted. KubeVirt's own limit applies as well.")
                Integer maxConcurrent,
        @Default("2")
                @Min(1)
                @Max(20)
                @JsonPropertyDescription(
                        "Most migrations in flight away from one node. KubeVirt's own limit applies as well.")
                Integer perSourceNode,
        @Default("2") @Min(1) @Max(20) @JsonPropertyDescription("Most migrations in flight to one node.")
                Integer perTargetNode,
        @Default("4")
                @Min(1)
                @Max(10)
                @JsonPropertyDescription(
                        "Most moves of one virtual machine in 24 hours, everyone's counted. Repairs of constraints are not bound by it.")
                Integer perVirtualMachinePerDay,
        @Default("900")
                @Min(0)
                @Max(86400)
                @JsonPropertyDescription(
                        "How long a virtual machine rests after a move, in seconds; doubled with each failure. Repairs of constraints are not bound by it.")
                Integer cooldownSeconds,
        @Size(max = 16)
                @JsonPropertyDescription(
                        "When balancing may move something; absent: at any time. Repairs of constraints are not bound by it.")
                List<ActionWindow> windows) {
    public MoveBudget {
        maxConcurrent = maxConcurrent == null ? 4 : maxConcurrent;
        perSourceNode = perSourceNode == null ? 2 : perSourceNode;
        perTargetNode = perTargetNode == null ? 2 : perTargetNode;
        perVirtualMachinePerDay = perVirtualMachinePerDay == null ? 4 : perVirtualMachinePerDay;
        cooldownSeconds = cooldownSeconds == null ? 900 : cooldownSeconds;
        windows = windows == null ? List.of() : List.copyOf(windows);
    }
}

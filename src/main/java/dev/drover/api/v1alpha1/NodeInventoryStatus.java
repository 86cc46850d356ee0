package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node: what it has, what is promised, what is asked of it. */
@ApiObject
public record NodeInventoryStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Reachable: the node is ready; Unknown when it does not answer. Fresh: its figures are up to date. Pressure: its demand is above the policy's target. Ready: it takes virtual machines.")
                List<Condition> conditions,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The PlacementPolicy that governs the node.") @Nullable
                String policy,
        @JsonPropertyDescription("What the node offers to pods.") @Nullable NodeResources allocatable,
        @JsonPropertyDescription("What the pods on it and those bound for it request together.") @Nullable
                NodeResources required,
        @JsonPropertyDescription("What the virtual machines on it ask for.") @Nullable ResourceDemand demand,
        @JsonPropertyDescription(
                        "The most that they are forecast to ask for; absent where the policy does not look ahead, or no forecast is better than the same as now.")
                @Nullable
                NodeForecast forecast,
        @JsonPropertyDescription("allocatable less required.") @Nullable NodeResources available,
        @Min(0) @Max(10000) @JsonPropertyDescription("How many virtual machines run on it.") @Nullable
                Integer virtualMachines,
        @Min(0)
                @Max(100000)
                @JsonPropertyDescription(
                        "Demand in percent of the policy's target, of the resource that is nearest to it; above 100 the node is hot.")
                @Nullable
                Integer pressurePercent,
        @Size(max = 100) @JsonPropertyDescription("The virtual machines on it, as namespace/name; the first hundred.")
                List<@Size(max = 2 * Limits.NAME) String> virtualMachineNames) {
    public NodeInventoryStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        virtualMachineNames = virtualMachineNames == null ? List.of() : List.copyOf(virtualMachineNames);
    }
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How one virtual machine of a service stands. */
@ApiObject
public record ServiceVirtualMachine(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The name of the virtual machine.")
                String name,
        @Required
                @JsonPropertyDescription(
                        "Waiting: for other applications, or for its template. Starting: told to start, not ready yet. Ready: as spec.supervision counts it. Degraded: it was ready and is so no longer. Stopping, Stopped.")
                VirtualMachineState state,
        @Size(max = Limits.NAME)
                @JsonPropertyDescription(
                        "The node that it runs on, or was on last while a loss is told of it or it waits to be started again.")
                @Nullable
                String node,
        @Required @JsonPropertyDescription("Whether the virtual machine runs.") ConditionStatus running,
        @Required
                @JsonPropertyDescription(
                        "Whether its readiness probe succeeds; without a probe it is the same as running.")
                ConditionStatus applicationReady,
        @JsonPropertyDescription("What it needs.") @Nullable ResourceDemand demand,
        @Min(0)
                @Max(100)
                @JsonPropertyDescription("How well it is served on its node: 100 is all that it asks for.")
                @Nullable
                Integer score,
        @JsonPropertyDescription("The last attempt to move it, whoever made it.") @Nullable LastMove lastMove,
        @JsonPropertyDescription(
                        "The node that it was on and that has died or is not ready, until the virtual machine is ready again, or the node has been for 2 minutes.")
                @Nullable
                NodeLoss loss,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("What it waits for or lacks, if it does.") @Nullable
                String message) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts on a node. */
@ApiObject
public record NodeResources(
        @JsonPropertyDescription("CPU.") @Nullable Quantity cpu,
        @JsonPropertyDescription("Memory.") @Nullable Quantity memory,
        @JsonPropertyDescription("Pods.") @Nullable Quantity pods,
        @JsonPropertyDescription(
                        "Network, in bits a second. Nobody requests it: what virtual machines need counts as required. Absent where no node says how much it carries.")
                @Nullable
                Quantity network,
        @JsonPropertyDescription(
                        "Reads and writes of disks, in operations a second. Nobody requests them: what virtual machines need counts as required. Absent where no node says how many it carries.")
                @Nullable
                Quantity diskIO) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts on a node. */
@ApiObject
public record NodeResources(
        @JsonPropertyDescription("CPU.") @Nullable Quantity cpu,
        @JsonPropertyDescription("Memory.") @Nullable Quantity memory,
        @JsonPropertyDescription("Pods.") @Nullable Quantity pods) {}

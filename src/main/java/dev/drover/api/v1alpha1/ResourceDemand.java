package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Demand by resource. */
@ApiObject
public record ResourceDemand(
        @JsonPropertyDescription("CPU.") @Nullable MeasuredDemand cpu,
        @JsonPropertyDescription("Memory.") @Nullable MeasuredDemand memory) {}

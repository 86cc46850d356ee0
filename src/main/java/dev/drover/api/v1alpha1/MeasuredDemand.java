package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What something asks of a resource. */
@ApiObject
public record MeasuredDemand(
        @JsonPropertyDescription("The latest measurement.") @Nullable Quantity now,
        @JsonPropertyDescription("The policy's percentile over the policy's window: what Drover reckons with.")
                @Nullable
                Quantity percentile) {}

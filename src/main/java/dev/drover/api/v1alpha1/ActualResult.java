package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What a plan achieved. */
@ApiObject
public record ActualResult(
        @Min(0) @Max(100) @JsonPropertyDescription("The policy's score after the last move.") @Nullable
                Integer scoreAfter,
        @Min(0) @Max(31536000) @JsonPropertyDescription("From the first start to the last end, in seconds.") @Nullable
                Integer makespanSeconds) {}

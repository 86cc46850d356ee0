package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What a plan promises. */
@ApiObject
public record ExpectedResult(
        @Required @Min(0) @Max(100) @JsonPropertyDescription("The policy's score when the plan was made.")
                Integer scoreBefore,
        @Required @Min(0) @Max(100) @JsonPropertyDescription("The score after all moves.") Integer scoreAfter,
        @Min(0)
                @Max(31536000)
                @JsonPropertyDescription("How long all moves take under the budget, in seconds.")
                @Nullable
                Integer makespanSeconds) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One aspect of an object's state, with the fields and the meaning of Kubernetes' own {@code metav1.Condition}. */
@ApiObject
public record Condition(
        @Required
                @Size(min = 1, max = 64)
                @Pattern(Limits.REASON_PATTERN)
                @JsonPropertyDescription("Which aspect this is about; unique in the list.")
                String type,
        @Required @JsonPropertyDescription("Whether the condition holds, does not hold, or cannot be told.")
                ConditionStatus status,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription(
                        "The metadata.generation that this was decided for. Older than the object's: not yet up to date.")
                @Nullable
                Long observedGeneration,
        @Required @JsonPropertyDescription("When the status last changed from one value to another.")
                Instant lastTransitionTime,
        @Required
                @Size(min = 1, max = 128)
                @Pattern(Limits.REASON_PATTERN)
                @JsonPropertyDescription("Why, in one word; events and faults use the same words.")
                String reason,
        @Required
                @Size(max = Limits.MESSAGE)
                @JsonPropertyDescription(
                        "Why, for people: names the objects and values, and says what to do where something is to be done.")
                String message) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** When a relocation came into a state. */
@ApiObject
public record RelocationStep(
        @Required @JsonPropertyDescription("The state.") RelocationState state,
        @Required @JsonPropertyDescription("Since when.") Instant time) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Why something that should be done is not done. */
@ApiObject
public record Fault(
        @Required
                @Size(max = 2 * Limits.NAME)
                @JsonPropertyDescription("What it is about: a virtual machine as namespace/name, or a node, or a plan.")
                String subject,
        @Required
                @Size(min = 1, max = 128)
                @Pattern(Limits.REASON_PATTERN)
                @JsonPropertyDescription("Why, in one word; see the reference of reasons.")
                String reason,
        @Required @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why, for people, and what to do.")
                String message) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One place where a rule does not hold. */
@ApiObject
public record Violation(
        @Required
                @Size(min = 1, max = 2 * Limits.NAME)
                @JsonPropertyDescription("The virtual machine, as namespace/name.")
                String virtualMachine,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it is on.") @Nullable String node,
        @Required @Size(max = Limits.MESSAGE) @JsonPropertyDescription("What does not hold.") String message) {}

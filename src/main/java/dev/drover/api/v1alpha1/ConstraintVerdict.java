package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Whether one rule holds for one virtual machine. */
@ApiObject
public record ConstraintVerdict(
        @Required
                @Size(min = 1, max = 3 * Limits.NAME)
                @JsonPropertyDescription("The rule, as 'kind namespace/name' or 'kind name'.")
                String name,
        @Required @JsonPropertyDescription("Whether it holds for this virtual machine.") ConditionStatus satisfied) {}

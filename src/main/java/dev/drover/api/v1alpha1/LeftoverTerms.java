package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Native terms of a rule that no longer exists, on pods that still run. */
@ApiObject
public record LeftoverTerms(
        @Required
                @Size(min = 1, max = 3 * Limits.NAME)
                @JsonPropertyDescription(
                        "The removed rule, as 'kind namespace/name' or 'kind name'; its uid where the pods' annotation drover.dev/rules has no more.")
                String rule,
        @Required @Min(1) @Max(1000000) @JsonPropertyDescription("How many running virt-launcher pods carry its terms.")
                Integer pods) {}

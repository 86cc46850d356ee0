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
                @Size(min = 1, max = Limits.UID)
                @JsonPropertyDescription(
                        "The metadata.uid of the removed rule, as the pods' annotation drover.dev/rules names it.")
                String rule,
        @Required @Min(1) @Max(1000000) @JsonPropertyDescription("How many running virt-launcher pods carry its terms.")
                Integer pods) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How much each resource counts in the pressure of a node; only the ratio matters. */
@ApiObject
@ValidationRule(
        value = "self.cpu > 0 || self.memory > 0",
        message =
                "cpu and memory are both 0, so no node could be told from another. Give at least one a weight of 1 or more.")
public record ResourceWeights(
        @Default("1") @Min(0) @Max(100) @JsonPropertyDescription("Weight of CPU; 0 leaves it out of the balance.")
                Integer cpu,
        @Default("1") @Min(0) @Max(100) @JsonPropertyDescription("Weight of memory; 0 leaves it out of the balance.")
                Integer memory) {
    public ResourceWeights {
        cpu = cpu == null ? 1 : cpu;
        memory = memory == null ? 1 : memory;
    }
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Between what bounds the number of an application's virtual machines follows its load, and how closely. */
@ApiObject
@ValidationRule(
        value = "self.min <= self.max",
        message = "scaling.min is more than scaling.max. Lower min, or raise max.")
public record ApplicationScaling(
        @Required
                @Min(1)
                @Max(256)
                @JsonPropertyDescription(
                        "The fewest virtual machines. Where others wait for the application, so many have to be ready.")
                Integer min,
        @Required
                @Min(1)
                @Max(256)
                @JsonPropertyDescription("The most virtual machines, whatever is measured or forecast.")
                Integer max,
        @Min(10)
                @Max(95)
                @Default("70")
                @JsonPropertyDescription(
                        "How much of its CPU each virtual machine is to use, in percent: there are as many as are needed for that.")
                Integer targetUtilizationPercent,
        @Min(30)
                @Max(3600)
                @Default("600")
                @JsonPropertyDescription(
                        "How long fewer must have been enough before one is taken away, in seconds. All of that time must have been measured.")
                Integer stabilizationSeconds) {
    public ApplicationScaling {
        targetUtilizationPercent = targetUtilizationPercent == null ? Integer.valueOf(70) : targetUtilizationPercent;
        stabilizationSeconds = stabilizationSeconds == null ? Integer.valueOf(600) : stabilizationSeconds;
    }
}

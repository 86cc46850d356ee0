package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts that a person states because measurements do not show them yet, or not rightly. */
@ApiObject
@ValidationRule(
        value = "has(self.cpu) || has(self.memory)",
        message = "demand names no resource. Give cpu, memory or both, or remove demand.")
public record ConfiguredDemand(
        @ValidationRule(
                        value = Limits.CPU,
                        message =
                                "cpu is not between 1m and 100k cores. Write cores or millicores, for example 2 or 1500m.")
                @JsonPropertyDescription("CPU, in cores or millicores, for example 1500m. Absent: as measured.")
                @Nullable
                Quantity cpu,
        @ValidationRule(
                        value = Limits.MEMORY,
                        message = "memory is not between 1Mi and 1Pi. Write bytes with a unit, for example 8Gi.")
                @JsonPropertyDescription("Memory in bytes, for example 8Gi. Absent: as measured.")
                @Nullable
                Quantity memory) {}

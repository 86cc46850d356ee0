package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts that a person states because measurements do not show them yet, or not rightly. */
@ApiObject
@ValidationRule(
        value = "has(self.cpu) || has(self.memory) || has(self.network) || has(self.diskIO)",
        message = "demand names no resource. Give cpu, memory, network or diskIO, or remove demand.")
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
                Quantity memory,
        @ValidationRule(
                        value = Limits.NETWORK,
                        message =
                                "network is not between 1k and 10T bits a second. Write bits a second with a unit, for example 200M.")
                @JsonPropertyDescription(
                        "What it sends and receives together, in bits a second, for example 200M. Absent: as measured.")
                @Nullable
                Quantity network,
        @ValidationRule(
                        value = Limits.DISK_IO,
                        message =
                                "diskIO is not between 1 and 100M operations a second. Write operations a second, for example 500.")
                @JsonPropertyDescription(
                        "Reads and writes of its disks together, in operations a second, for example 500. Absent: as measured.")
                @Nullable
                Quantity diskIO) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The share of what a node has above which it is hot, by demand. */
@ApiObject
public record TargetUtilization(
        @Default("80")
                @Min(10)
                @Max(100)
                @JsonPropertyDescription("CPU demand on a node, in percent of its allocatable CPU.")
                Integer cpuPercent,
        @Default("85")
                @Min(10)
                @Max(100)
                @JsonPropertyDescription("Memory demand on a node, in percent of its allocatable memory.")
                Integer memoryPercent,
        @Default("80")
                @Min(10)
                @Max(100)
                @JsonPropertyDescription(
                        "Network demand on a node, in percent of what its annotation drover.dev/capacity-network says.")
                Integer networkPercent,
        @Default("80")
                @Min(10)
                @Max(100)
                @JsonPropertyDescription(
                        "Demand for reads and writes of disks on a node, in percent of what its annotation drover.dev/capacity-diskio says.")
                Integer diskIOPercent) {
    public TargetUtilization {
        cpuPercent = cpuPercent == null ? 80 : cpuPercent;
        memoryPercent = memoryPercent == null ? 85 : memoryPercent;
        networkPercent = networkPercent == null ? 80 : networkPercent;
        diskIOPercent = diskIOPercent == null ? 80 : diskIOPercent;
    }
}

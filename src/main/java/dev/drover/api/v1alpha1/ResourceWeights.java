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
                Integer memory,
        @Default("0")
                @Min(0)
                @Max(100)
                @JsonPropertyDescription(
                        "Weight of the network; 0, the default, leaves it out. It counts on the nodes whose annotation drover.dev/capacity-network says how much they carry.")
                Integer network,
        @Default("0")
                @Min(0)
                @Max(100)
                @JsonPropertyDescription(
                        "Weight of reads and writes of disks; 0, the default, leaves them out. They count on the nodes whose annotation drover.dev/capacity-diskio says how many they carry.")
                Integer diskIO) {
    public ResourceWeights {
        cpu = cpu == null ? 1 : cpu;
        memory = memory == null ? 1 : memory;
        network = network == null ? 0 : network;
        diskIO = diskIO == null ? 0 : diskIO;
    }
}

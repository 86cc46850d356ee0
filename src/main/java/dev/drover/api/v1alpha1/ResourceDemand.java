package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Demand by resource. */
@ApiObject
public record ResourceDemand(
        @JsonPropertyDescription(
                        "CPU: the policy's percentile over the policy's window, or what a profile declares, or the request where nothing is measured.")
                @Nullable
                Quantity cpu,
        @JsonPropertyDescription(
                        "Memory: the policy's percentile over the policy's window, or what a profile declares, or the request where nothing is measured.")
                @Nullable
                Quantity memory,
        @JsonPropertyDescription(
                        "What is sent and received, in bits a second: as measured, or what a profile declares. Absent where neither says anything.")
                @Nullable
                Quantity network,
        @JsonPropertyDescription(
                        "Reads and writes of disks, in operations a second: as measured, or what a profile declares. Absent where neither says anything.")
                @Nullable
                Quantity diskIO) {}

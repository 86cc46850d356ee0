package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a profile is in force. */
@ApiObject
public record VirtualMachineProfileStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Accepted: the profile selects virtual machines. Conflicting: an older profile already describes some of them. Ready: accepted, not conflicting.")
                List<Condition> conditions,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription("The metadata.generation that this status was written for.")
                @Nullable
                Long observedGeneration,
        @Min(0) @Max(1000000) @JsonPropertyDescription("How many virtual machines the profile describes.") @Nullable
                Integer matchedVirtualMachines) {
    public VirtualMachineProfileStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}

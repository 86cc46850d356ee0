package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one application of a service stands. */
@ApiObject
public record ApplicationStatus(
        @Required @Size(min = 1, max = Application.NAME) @JsonPropertyDescription("The name of the application.")
                String name,
        @Required @Min(0) @Max(1000000) @JsonPropertyDescription("How many virtual machines are wanted.")
                Integer desired,
        @Required
                @Min(0)
                @Max(1000000)
                @JsonPropertyDescription("How many of them are ready, as spec.supervision counts it.")
                Integer ready,
        @Size(max = Limits.MESSAGE)
                @JsonPropertyDescription("What the application waits for or lacks, if it does.")
                @Nullable
                String message,
        @JsonPropertyDescription("How many virtual machines the load asks for, and why. Absent without scaling.")
                @Nullable
                ScalingStatus scaling,
        @Size(max = 256)
                @JsonPropertyDescription("Its virtual machines, and those that are going; at most 256 are told of.")
                List<ServiceVirtualMachine> virtualMachines) {
    public ApplicationStatus {
        virtualMachines = virtualMachines == null ? List.of() : List.copyOf(virtualMachines);
    }

    /** The same with what is said of its size. */
    public ApplicationStatus with(ScalingStatus scaling) {
        return new ApplicationStatus(name, desired, ready, message, scaling, virtualMachines);
    }
}

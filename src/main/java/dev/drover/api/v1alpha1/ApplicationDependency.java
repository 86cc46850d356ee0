package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What an application waits for before it starts. */
@ApiObject
public record ApplicationDependency(
        @Required
                @Size(min = 1, max = Application.NAME)
                @JsonPropertyDescription("The name of an application that stands earlier in the list.")
                String application,
        @Default("Ready")
                @JsonPropertyDescription(
                        "Until when it waits. Ready: all virtual machines of that application are ready, as spec.supervision counts it. Running: all of them run.")
                DependencyState until,
        @Min(0) @Max(3600) @Default("0") @JsonPropertyDescription("How long it waits after that, in seconds.")
                Integer delaySeconds) {
    public ApplicationDependency {
        until = until == null ? DependencyState.READY : until;
        delaySeconds = delaySeconds == null ? Integer.valueOf(0) : delaySeconds;
    }
}

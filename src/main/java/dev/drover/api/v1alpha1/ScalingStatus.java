package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many virtual machines the load of an application asks for. It is written before it is acted on. */
@ApiObject
public record ScalingStatus(
        @Required
                @Min(1)
                @Max(256)
                @JsonPropertyDescription(
                        "How many virtual machines are wanted. It outlives a restart of the operator, which decides from here on.")
                Integer virtualMachines,
        @Required @JsonPropertyDescription("Since when it is this number.") Instant since,
        @Required @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why it is this number.") String message,
        @Size(max = Limits.MESSAGE)
                @JsonPropertyDescription("What keeps the number from following the load now; absent when nothing does.")
                @Nullable
                String held) {}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** A node that a virtual machine is not sent to for a while, because a migration to it failed. */
@ApiObject
public record QuarantinedNode(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The node.") String node,
        @Required @JsonPropertyDescription("Until when it is not tried again.") Instant until,
        @Required
                @Min(1)
                @Max(1000)
                @JsonPropertyDescription("How many migrations to it failed in a row; the quarantine doubles with each.")
                Integer failures) {}

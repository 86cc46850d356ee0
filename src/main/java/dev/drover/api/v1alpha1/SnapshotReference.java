package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** What a plan was made from. */
@ApiObject
public record SnapshotReference(
        @Required @JsonPropertyDescription("When the cluster looked like that.") Instant time,
        @Required
                @Size(min = 1, max = 128)
                @Pattern("^[A-Za-z0-9:_-]+$")
                @JsonPropertyDescription("A digest of the plan and of what it was made from. An approval repeats it.")
                String digest) {}

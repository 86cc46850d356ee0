package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The last attempt to move a virtual machine, whoever made it. */
@ApiObject
public record LastMove(
        @Required @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it was on before.") String from,
        @Size(max = Limits.NAME)
                @JsonPropertyDescription("The node that it was to move to, if one was chosen.")
                @Nullable
                String to,
        @Required @JsonPropertyDescription("When it ended.") Instant time,
        @Required @JsonPropertyDescription("How it ended.") MigrationOutcome outcome) {}

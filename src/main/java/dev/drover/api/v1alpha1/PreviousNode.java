package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt to move a virtual machine, whoever made it. */
@ApiObject
public record PreviousNode(
        @Required
                @Size(min = 1, max = Limits.NAME)
                @JsonPropertyDescription("The VirtualMachineInstanceMigration that was it.")
                String migration,
        @Required @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it was on before.") String node,
        @Size(max = Limits.NAME)
                @JsonPropertyDescription("The node that it was to move to, if one was chosen.")
                @Nullable
                String target,
        @Required @JsonPropertyDescription("When it ended.") Instant time,
        @Min(0) @Max(604800) @JsonPropertyDescription("How long it took, in seconds.") @Nullable
                Integer durationSeconds,
        @Required @JsonPropertyDescription("How it ended.") MigrationOutcome outcome,
        @Required @JsonPropertyDescription("Who asked for it.") MigrationAuthor author,
        @JsonPropertyDescription("What it was for, if Drover asked for it.") @Nullable MoveReason reason,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why it failed, if it did.") @Nullable String message) {}

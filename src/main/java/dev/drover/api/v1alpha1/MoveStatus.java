package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one move of a plan is. */
@ApiObject
public record MoveStatus(
        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("The move's id in spec.moves.") String id,
        @Required @JsonPropertyDescription("How far it is.") MoveState state,
        @Size(max = Limits.NAME)
                @JsonPropertyDescription("The VirtualMachineInstanceMigration, in the virtual machine's namespace.")
                @Nullable
                String migration,
        @JsonPropertyDescription("When the migration was created.") @Nullable Instant started,
        @JsonPropertyDescription("When it ended.") @Nullable Instant finished,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why it waits, failed or was skipped.") @Nullable
                String message) {}

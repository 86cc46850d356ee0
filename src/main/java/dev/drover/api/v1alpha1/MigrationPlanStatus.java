package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a plan is. */
@ApiObject
public record MigrationPlanStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Progressing: moves are being made or wait for an approval. Succeeded: True when all approved moves were made, False when the plan ended otherwise. "
                                + "Superseded: a newer plan took its place. Stalled: something must be cleared by a person first.")
                List<Condition> conditions,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription("The metadata.generation that this status was written for.")
                @Nullable
                Long observedGeneration,
        @Size(max = 256) @JsonPropertyDescription("The moves, by their ids.") List<MoveStatus> moves,
        @JsonPropertyDescription("What it achieved; set when it has ended.") @Nullable ActualResult actual) {
    public MigrationPlanStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        moves = moves == null ? List.of() : List.copyOf(moves);
    }
}

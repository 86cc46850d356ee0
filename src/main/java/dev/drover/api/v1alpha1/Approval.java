package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An approver's decision about a plan: the one part of its spec that may change. */
@ApiObject
@ValidationRule(
        value = "self.decision == 'Aborted' || !has(self.inFlight)",
        message = "inFlight says what an abort does with running migrations. Remove it, or set decision to Aborted.")
@ValidationRule(
        value = "self.decision == 'Approved' || !has(self.moves)",
        message = "moves names what is approved. Remove it, or set decision to Approved.")
public record Approval(
        @Required
                @JsonPropertyDescription(
                        "Approved: the moves may be made. Rejected: nothing is done. Aborted: ends a plan that was approved.")
                ApprovalDecision decision,
        @JsonPropertyDescription(
                        "With Aborted: what happens to migrations in flight. Finish (when absent): they run to their end. Cancel: they are cancelled.")
                @Nullable
                InFlightHandling inFlight,
        @Required
                @Size(min = 1, max = 128)
                @JsonPropertyDescription(
                        "spec.snapshot.digest of the plan that was read: a proof that this plan is meant and no other.")
                String digest,
        @Size(min = 1, max = 256)
                @JsonPropertyDescription("With Approved: the ids of the moves that are approved. Absent: all of them.")
                @Nullable
                List<@Size(min = 1, max = 16) String> moves) {
    public Approval {
        moves = moves == null ? null : List.copyOf(moves);
    }
}

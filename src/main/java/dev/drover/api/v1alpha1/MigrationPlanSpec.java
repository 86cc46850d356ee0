package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ordered moves with their reasons, gain and cost. Immutable but for the approval. */
@ApiObject
@ValidationRule(
        value =
                "self.policy == oldSelf.policy && self.reason == oldSelf.reason && self.expected == oldSelf.expected && self.snapshot == oldSelf.snapshot"
                        + " && has(self.remaining) == has(oldSelf.remaining) && (!has(self.remaining) || self.remaining == oldSelf.remaining) && self.moves == oldSelf.moves",
        message =
                "A plan does not change once it was written; only spec.approval does. Leave the rest as it is, or delete the plan: Drover makes a new one.")
@ValidationRule(
        value = "!has(oldSelf.approval) || has(self.approval)",
        message = "A decision cannot be taken back. To end an approved plan set spec.approval.decision to Aborted.")
@ValidationRule(
        value =
                "!has(oldSelf.approval) || !has(self.approval) || self.approval == oldSelf.approval || (oldSelf.approval.decision == 'Approved' && self.approval.decision == 'Aborted')",
        message =
                "This plan is decided. Only Approved can still become Aborted; Rejected and Aborted are final. Wait for the next plan.")
@ValidationRule(
        value = "!has(self.approval) || has(oldSelf.approval) || self.approval.decision != 'Aborted'",
        message = "Only an approved plan can be aborted. Set decision to Rejected.")
@ValidationRule(
        value = "!has(self.approval) || self.approval.digest == self.snapshot.digest",
        message =
                "approval.digest is not this plan's spec.snapshot.digest, so another plan was meant. Read the plan again and copy its digest.")
@ValidationRule(
        value =
                "!has(self.approval) || !has(self.approval.moves) || self.approval.moves.all(id, self.moves.exists(move, move.id == id))",
        message = "approval.moves names a move that this plan does not have. Use ids from spec.moves.")
public record MigrationPlanSpec(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The PlacementPolicy that this is for.")
                String policy,
        @Required @JsonPropertyDescription("What the plan is for; the most important of its moves' reasons.")
                MoveReason reason,
        @Required @JsonPropertyDescription("What it promises.") ExpectedResult expected,
        @Required @JsonPropertyDescription("What it was made from.") SnapshotReference snapshot,
        @Min(0)
                @Max(1000000)
                @JsonPropertyDescription(
                        "How many more moves are wanted that this plan does not hold; later plans may.")
                @Nullable
                Integer remaining,
        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("The moves, in order.") List<PlannedMove> moves,
        @JsonPropertyDescription(
                        "The approver's decision: the one part that may change. In mode Automatic the operator approves.")
                @Nullable
                Approval approval) {
    public MigrationPlanSpec {
        moves = moves == null ? List.of() : List.copyOf(moves);
    }

    /** The same plan with a decision. */
    public MigrationPlanSpec with(Approval decision) {
        return new MigrationPlanSpec(policy, reason, expected, snapshot, remaining, moves, decision);
    }
}

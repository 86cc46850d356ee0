package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One live migration of a plan. */
@ApiObject
@ValidationRule(value = "self.from != self.to", message = "from and to name the same node. A move changes the node.")
public record PlannedMove(
        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("Names the move in this plan.") String id,
        @Required @JsonPropertyDescription("What is moved.") VirtualMachineReference virtualMachine,
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The node that it leaves.") String from,
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The node that it goes to.") String to,
        @Size(max = 16) @JsonPropertyDescription("Ids of the moves that must have succeeded before this one starts.")
                List<@Size(min = 1, max = 16) String> after,
        @Required @JsonPropertyDescription("What it is for.") MoveReason reason,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why, for people: what is better afterwards.") @Nullable
                String message,
        @Required @Min(1) @Max(5) @JsonPropertyDescription("How urgent it is; 1 goes first.") Integer priority,
        @JsonPropertyDescription("What the move gains, in thousandths of the score's contention and imbalance.")
                @Min(-1000000000L)
                @Max(1000000000L)
                @Nullable
                Long gain,
        @JsonPropertyDescription("How many seconds the migration is expected to take.") @Min(0) @Max(604800) @Nullable
                Integer costSeconds) {
    public PlannedMove {
        after = after == null ? List.of() : List.copyOf(after);
    }
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a person's order to move one virtual machine live. One order is carried out once. */
@ApiObject
public record OrderedMove(
        @JsonPropertyDescription("The time of the order; absent when the annotation cannot be read.") @Nullable
                Instant ordered,
        @Required
                @JsonPropertyDescription(
                        "How far it is. Waiting: it has not begun; the message says what it waits for. Moving: it is moving live. Succeeded: it runs on the other node. Failed: the migration failed, and it runs where it was. Refused: nothing was done.")
                RelocationState state,
        @Required @JsonPropertyDescription("Since when.") Instant since,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it was on.") @Nullable String from,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it is to run on.") @Nullable String to,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The MigrationPlan that carries it out.") @Nullable
                String plan,
        @JsonPropertyDescription("Why it did not come to the other node.") @Nullable RelocationFault fault,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("More about it, for people.") @Nullable String message) {

    /** Whether it is the same but for the time. */
    public boolean saysTheSame(OrderedMove other) {
        return equals(new OrderedMove(
                other.ordered, other.state, since, other.from, other.to, other.plan, other.fault, other.message));
    }
}

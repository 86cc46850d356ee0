package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The node that a virtual machine has lost. */
@ApiObject
public record NodeLoss(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The name of the node.") String node,
        @Required @JsonPropertyDescription("Since when the node is not ready.") Instant since,
        @JsonPropertyDescription("When it was seen that the node is proven down; absent without a proof.") @Nullable
                Instant provenAt,
        @JsonPropertyDescription(
                        "When it was seen first that the object of the node is gone; absent while it is there. Only an order of the service of a later time is a proof then.")
                @Nullable
                Instant goneSince,
        @JsonPropertyDescription(
                        "The time of a person's word that was for the future when it was seen; that word never counts.")
                @Nullable
                Instant refusedWord,
        @JsonPropertyDescription("Since when nothing but its turn keeps it from being restarted elsewhere.") @Nullable
                Instant turnSince) {}

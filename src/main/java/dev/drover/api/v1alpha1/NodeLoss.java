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
        @Required @JsonPropertyDescription("Since when the node does not answer.") Instant since,
        @JsonPropertyDescription("When it was seen that the node is proven down; absent without a proof.") @Nullable
                Instant provenAt) {}

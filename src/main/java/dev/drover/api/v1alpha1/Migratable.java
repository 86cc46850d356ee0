package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Whether a virtual machine can move live, by KubeVirt's own verdict. */
@ApiObject
public record Migratable(
        @Required @JsonPropertyDescription("True: it can move live.") ConditionStatus status,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("Why it cannot, if it cannot.") @Nullable String reason) {}

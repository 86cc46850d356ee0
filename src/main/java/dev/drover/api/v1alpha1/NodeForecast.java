package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;

/** What the virtual machines of a node are expected to ask for, by forecasts that were better so far than "the same as now". */
@ApiObject
public record NodeForecast(
        @Required
                @JsonPropertyDescription(
                        "CPU: the most within the policy's horizon. Virtual machines without such a forecast count with what they need now.")
                Quantity cpu,
        @Required @JsonPropertyDescription("When that much is expected.") Instant time) {}

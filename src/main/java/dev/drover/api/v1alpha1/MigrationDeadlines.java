package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * How long a migration may stay in each phase. KubeVirt has no deadline for a queued migration and a long one for a pod that
 * cannot be scheduled, so a plan would wait for ever behind one of them.
 */
@ApiObject
public record MigrationDeadlines(
        @Default("120")
                @Min(5)
                @Max(86400)
                @JsonPropertyDescription("Until KubeVirt takes the migration up, in seconds.")
                Integer pendingSeconds,
        @Default("330")
                @Min(5)
                @Max(86400)
                @JsonPropertyDescription(
                        "Until the target pod has a node, in seconds. KubeVirt itself gives up after 300.")
                Integer schedulingSeconds,
        @Default("120")
                @Min(5)
                @Max(86400)
                @JsonPropertyDescription(
                        "From the target pod having its node until memory is being copied, in seconds.")
                Integer preparingSeconds,
        @Default("3600")
                @Min(5)
                @Max(604800)
                @JsonPropertyDescription(
                        "For copying memory, in seconds. KubeVirt's own limits (completionTimeoutPerGiB, progressTimeout) usually end it earlier.")
                Integer runningSeconds) {
    public MigrationDeadlines {
        pendingSeconds = pendingSeconds == null ? 120 : pendingSeconds;
        schedulingSeconds = schedulingSeconds == null ? 330 : schedulingSeconds;
        preparingSeconds = preparingSeconds == null ? 120 : preparingSeconds;
        runningSeconds = runningSeconds == null ? 3600 : runningSeconds;
    }
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a migration ended. */
public enum MigrationOutcome {
    /** The virtual machine runs on the other node. */
    @JsonProperty("Succeeded")
    SUCCEEDED,

    /** KubeVirt reported a failure. */
    @JsonProperty("Failed")
    FAILED,

    /** Somebody deleted the migration. */
    @JsonProperty("Cancelled")
    CANCELLED,

    /** Drover ended it by a deadline. */
    @JsonProperty("TimedOut")
    TIMED_OUT
}

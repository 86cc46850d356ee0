package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a move is. */
public enum MoveState {
    /** Not started. */
    @JsonProperty("Pending")
    PENDING,

    /** Its migration is in flight. */
    @JsonProperty("Running")
    RUNNING,

    /** The virtual machine is on its new node. */
    @JsonProperty("Succeeded")
    SUCCEEDED,

    /** Its migration failed. */
    @JsonProperty("Failed")
    FAILED,

    /** Not made: no longer wanted, not approved, or not possible any more. */
    @JsonProperty("Skipped")
    SKIPPED,

    /** Cancelled with the plan. */
    @JsonProperty("Aborted")
    ABORTED
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an approver decides about a plan. */
public enum ApprovalDecision {
    /** Its moves may be made. */
    @JsonProperty("Approved")
    APPROVED,

    /** Nothing of it is done. Final. */
    @JsonProperty("Rejected")
    REJECTED,

    /** An approved plan is ended. Final. */
    @JsonProperty("Aborted")
    ABORTED
}

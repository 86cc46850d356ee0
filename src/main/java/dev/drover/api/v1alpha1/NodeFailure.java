package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of virtual machines whose node has died. */
public enum NodeFailure {
    @JsonProperty("Restart")
    RESTART,

    @JsonProperty("None")
    NONE
}

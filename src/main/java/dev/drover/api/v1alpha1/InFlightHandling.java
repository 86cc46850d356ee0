package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to migrations in flight when a plan is aborted. */
public enum InFlightHandling {
    /** They run to their end. */
    @JsonProperty("Finish")
    FINISH,

    /** They are cancelled; the virtual machines stay where they are. */
    @JsonProperty("Cancel")
    CANCEL
}

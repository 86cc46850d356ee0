package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether Drover carries a service out. */
public enum Management {
    @JsonProperty("Active")
    ACTIVE,

    @JsonProperty("Paused")
    PAUSED
}

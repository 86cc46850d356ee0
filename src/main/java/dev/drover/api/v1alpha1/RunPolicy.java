package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the virtual machines of a service run. */
public enum RunPolicy {
    @JsonProperty("Running")
    RUNNING,

    @JsonProperty("Stopped")
    STOPPED
}

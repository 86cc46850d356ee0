package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an application must have come before those that depend on it start. */
public enum DependencyState {
    @JsonProperty("Running")
    RUNNING,

    @JsonProperty("Ready")
    READY
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a condition holds. */
public enum ConditionStatus {
    @JsonProperty("True")
    TRUE,

    @JsonProperty("False")
    FALSE,

    @JsonProperty("Unknown")
    UNKNOWN
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a rule holds. */
public enum During {
    /** At each instant, also while a virtual machine is on two nodes. */
    @JsonProperty("Continuous")
    CONTINUOUS,

    /** At rest; it may be broken while something moves. */
    @JsonProperty("Discrete")
    DISCRETE
}

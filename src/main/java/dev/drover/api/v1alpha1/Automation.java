package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far Drover may go with a virtual machine on its own. */
public enum Automation {
    /** As the policy's mode says. */
    @JsonProperty("Inherit")
    INHERIT,

    /** Moved without asking, if the policy's mode is Automatic. */
    @JsonProperty("Automatic")
    AUTOMATIC,

    /** Moved only by a plan that a person approved. */
    @JsonProperty("Recommend")
    RECOMMEND,

    /** Never moved by Drover. */
    @JsonProperty("Off")
    OFF
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How starting virtual machines are placed. */
public enum AdmissionMode {
    /** Adds the rules to the virt-launcher pod, and the chosen node as a preference. */
    @JsonProperty("Advise")
    ADVISE,

    /** Holds the pod with a scheduling gate until its node is decided. */
    @JsonProperty("Gate")
    GATE,

    /** Leaves the pods as they are. */
    @JsonProperty("Off")
    OFF
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What counts as ready. */
public enum Supervision {
    /** The readiness probe of the virtual machine succeeds. */
    @JsonProperty("Application")
    APPLICATION,

    /** The virtual machine runs. */
    @JsonProperty("VirtualMachine")
    VIRTUAL_MACHINE
}

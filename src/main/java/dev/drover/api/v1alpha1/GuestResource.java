package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a guest is given. */
public enum GuestResource {
    /** Virtual CPUs, beside the CPU of the node. */
    @JsonProperty("cpu")
    CPU,

    /** Memory that the guest sees, beside the memory of the node. */
    @JsonProperty("memory")
    MEMORY
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a virtual machine of a service stands. */
public enum VirtualMachineState {
    /** It does not run yet, and waits for other applications or for its template. */
    @JsonProperty("Waiting")
    WAITING,

    /** It was told to start and is not ready for the first time yet. */
    @JsonProperty("Starting")
    STARTING,

    /** Ready, as the service counts it. */
    @JsonProperty("Ready")
    READY,

    /** It was ready and is so no longer. */
    @JsonProperty("Degraded")
    DEGRADED,

    /** It was told to stop, or is being deleted, and is still there. */
    @JsonProperty("Stopping")
    STOPPING,

    @JsonProperty("Stopped")
    STOPPED
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far the relocation of one virtual machine is. */
public enum RelocationState {
    /** It can move live, and has not begun to. */
    @JsonProperty("Waiting")
    WAITING,

    /** It is moving live. */
    @JsonProperty("Moving")
    MOVING,

    /** Its node-local disks get new volumes on the other node; it still runs where it is. */
    @JsonProperty("Preparing")
    PREPARING,

    /** It is being stopped where it is. */
    @JsonProperty("Stopping")
    STOPPING,

    /** The data of its node-local disks is being copied to the new volumes. */
    @JsonProperty("Copying")
    COPYING,

    /** Its claims are being bound to the new volumes. */
    @JsonProperty("Attaching")
    ATTACHING,

    /** It starts on the other node, and nowhere else. */
    @JsonProperty("Starting")
    STARTING,

    /** It did not become ready there, and is being stopped there. */
    @JsonProperty("Withdrawing")
    WITHDRAWING,

    /** Its claims are being bound to the volumes that they were bound to before. */
    @JsonProperty("Restoring")
    RESTORING,

    /** It starts again on the node that it was on. */
    @JsonProperty("Returning")
    RETURNING,

    /** It is being freed from what bound it to one node. */
    @JsonProperty("Releasing")
    RELEASING,

    /** The volumes that are not used any more are being deleted, as their reclaim policy says. */
    @JsonProperty("Cleaning")
    CLEANING,

    /** It is ready on the other node, and nothing binds it to the first one. */
    @JsonProperty("Succeeded")
    SUCCEEDED,

    /** It was stopped, and is not on the other node. */
    @JsonProperty("Failed")
    FAILED,

    /** Nothing was done. */
    @JsonProperty("Refused")
    REFUSED;

    /** It goes to the other node while it runs. */
    public boolean isLive() {
        return this == WAITING || this == MOVING;
    }

    /** Nothing follows. */
    public boolean isEnd() {
        return switch (this) {
            case SUCCEEDED, FAILED, REFUSED -> true;
            case WAITING,
                    MOVING,
                    PREPARING,
                    STOPPING,
                    COPYING,
                    ATTACHING,
                    STARTING,
                    WITHDRAWING,
                    RESTORING,
                    RETURNING,
                    RELEASING,
                    CLEANING -> false;
        };
    }
}

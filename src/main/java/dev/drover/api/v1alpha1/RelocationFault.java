package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a virtual machine was not relocated. */
public enum RelocationFault {
    /** The order, or what it is for, does not fit: the message says what. */
    @JsonProperty("OrderNotFit")
    ORDER_NOT_FIT,

    /** The service, a profile, a policy or a PodDisruptionBudget does not allow it. */
    @JsonProperty("NotAllowed")
    NOT_ALLOWED,

    /** It has data that stays behind on its node. */
    @JsonProperty("DataNotMovable")
    DATA_NOT_MOVABLE,

    /** Its node-local disks could not be copied to the other node. */
    @JsonProperty("DataNotCopied")
    DATA_NOT_COPIED,

    /** No node takes it, or not the one that was asked for. */
    @JsonProperty("NoNode")
    NO_NODE,

    /** It did not become ready on the other node. */
    @JsonProperty("NotReadyThere")
    NOT_READY_THERE,

    /** It was to move live, and the migration failed. */
    @JsonProperty("MigrationFailed")
    MIGRATION_FAILED,

    /** It was taken away, or its order was, before it was done. */
    @JsonProperty("TakenBack")
    TAKEN_BACK
}

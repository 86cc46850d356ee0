package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a move is for. */
public enum MoveReason {
    /** A hot node is relieved, or load is evened out. */
    @JsonProperty("Balance")
    BALANCE,

    /** A virtual machine that finds no node is let in. */
    @JsonProperty("MakeRoom")
    MAKE_ROOM,

    /** A person ordered it. */
    @JsonProperty("Requested")
    REQUESTED,

    /** A broken constraint is restored. */
    @JsonProperty("ConstraintRepair")
    CONSTRAINT_REPAIR,

    /** A node that is forecast to be hot is relieved before it is. */
    @JsonProperty("Forecast")
    FORECAST,

    /** A node is freed, because the policy wants as few in use as can serve all. */
    @JsonProperty("Consolidation")
    CONSOLIDATION
}

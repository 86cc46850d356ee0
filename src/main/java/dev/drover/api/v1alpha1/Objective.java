package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is good, where no rule is broken and no node is hot. */
public enum Objective {
    /** All nodes as full as each other. */
    @JsonProperty("Balance")
    BALANCE,

    /** As few nodes in use as can serve all. */
    @JsonProperty("Consolidate")
    CONSOLIDATE
}

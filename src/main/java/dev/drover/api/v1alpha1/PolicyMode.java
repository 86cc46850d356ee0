package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What Drover does with the nodes of a policy. */
public enum PolicyMode {
    /** Observes only: no plan, no migration. */
    @JsonProperty("Off")
    OFF,

    /** Writes plans and acts on those that a person approved. */
    @JsonProperty("Recommend")
    RECOMMEND,

    /** Writes plans, approves them and acts. */
    @JsonProperty("Automatic")
    AUTOMATIC
}

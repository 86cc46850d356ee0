package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a virtual machine may change its node. */
public enum Relocation {
    /** Live, if KubeVirt can move it live. */
    @JsonProperty("Inherit")
    INHERIT,

    /** By live migration only. */
    @JsonProperty("Live")
    LIVE,

    /** Live, if KubeVirt can move it live, else by a stop and a start when a person orders it. */
    @JsonProperty("LiveOrCold")
    LIVE_OR_COLD,

    /** Not at all: it counts as pinned. */
    @JsonProperty("Never")
    NEVER
}

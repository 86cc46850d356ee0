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

    /** Not at all: it counts as pinned. */
    @JsonProperty("Never")
    NEVER
}

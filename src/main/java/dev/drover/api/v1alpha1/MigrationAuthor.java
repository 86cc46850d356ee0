package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who asked for a migration. */
public enum MigrationAuthor {
    @JsonProperty("Drover")
    DROVER,

    /** KubeVirt's evacuation, for example by a drain. */
    @JsonProperty("Evacuation")
    EVACUATION,

    /** A person or another program. */
    @JsonProperty("Other")
    OTHER
}

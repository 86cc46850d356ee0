package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a rule may be broken. */
public enum Enforcement {
    /** Nothing that Drover does breaks it, and what breaks it is repaired. */
    @JsonProperty("Required")
    REQUIRED,

    /** Sought, where nothing more important speaks against it. */
    @JsonProperty("Preferred")
    PREFERRED
}

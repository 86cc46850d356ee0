package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a {@link LabelRequirement} compares. */
public enum LabelOperator {
    /** The label is there and its value is one of the given. */
    @JsonProperty("In")
    IN,

    /** The label is absent or its value is none of the given. */
    @JsonProperty("NotIn")
    NOT_IN,

    /** The label is there. */
    @JsonProperty("Exists")
    EXISTS,

    /** The label is absent. */
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST
}

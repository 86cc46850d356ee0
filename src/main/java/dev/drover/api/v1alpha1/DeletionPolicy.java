package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the disks of a virtual machine that Drover deletes. */
public enum DeletionPolicy {
    @JsonProperty("Retain")
    RETAIN,

    @JsonProperty("Delete")
    DELETE
}

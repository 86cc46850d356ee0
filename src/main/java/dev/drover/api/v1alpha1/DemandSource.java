package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the demand of virtual machines comes from. */
public enum DemandSource {
    /** metrics.k8s.io when it answers, else requests. */
    @JsonProperty("Auto")
    AUTO,

    /** metrics.k8s.io; without it nothing is balanced. */
    @JsonProperty("Metrics")
    METRICS,

    /** What the virtual machines request. */
    @JsonProperty("Requests")
    REQUESTS
}

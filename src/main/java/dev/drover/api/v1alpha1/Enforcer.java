package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who holds a rule when a virtual machine starts or moves. */
public enum Enforcer {
    /** kube-scheduler, by terms on the virt-launcher pod; Drover checks and repairs. */
    @JsonProperty("Scheduler")
    SCHEDULER,

    /** Drover alone: the scheduler has no such term. */
    @JsonProperty("Drover")
    DROVER
}

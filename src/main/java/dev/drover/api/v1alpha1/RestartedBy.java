package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who starts a virtual machine again that runs no longer. */
public enum RestartedBy {
    @JsonProperty("KubeVirt")
    KUBE_VIRT,

    @JsonProperty("Drover")
    DROVER
}

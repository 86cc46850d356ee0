package dev.drover.admission;

/** Where, in a pod, what admission writes is found: JSON pointers. */
final class PodFields {
    static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    static final String ANTI = "/spec/affinity/podAntiAffinity/" + REQUIRED;
    static final String NODES = "/spec/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms";
    static final String GATES = "/spec/schedulingGates";
    static final String CHOSEN = "/metadata/annotations/drover.dev~1chosen-node";
    static final String RULES = "/metadata/annotations/drover.dev~1rules";

    private PodFields() {}
}

package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rule demands. All from Exclusive on take room from others, so only a ClusterPlacementConstraint may have them. */
public enum ConstraintType {
    /** On different nodes, racks or zones. */
    @JsonProperty("Spread")
    SPREAD,

    /** Together on one node, or in one rack or zone. */
    @JsonProperty("Colocate")
    COLOCATE,

    /** All inside one group of nodes, whichever that is. */
    @JsonProperty("SameDomain")
    SAME_DOMAIN,

    /** Shares no node with those virtual machines. */
    @JsonProperty("SeparateFrom")
    SEPARATE_FROM,

    /** Only on these nodes. */
    @JsonProperty("AllowedNodes")
    ALLOWED_NODES,

    /** Never on these nodes. */
    @JsonProperty("ForbiddenNodes")
    FORBIDDEN_NODES,

    /** Shares no node with any virtual machine outside the selection. */
    @JsonProperty("Exclusive")
    EXCLUSIVE,

    /** Must not move. */
    @JsonProperty("Pinned")
    PINNED,

    /** At most so many, or so much of a resource, on these nodes. */
    @JsonProperty("Capacity")
    CAPACITY,

    /** Nothing enters these nodes, and nothing leaves them. */
    @JsonProperty("Quarantine")
    QUARANTINE,

    /** So much of its node stays available to each. */
    @JsonProperty("Reserve")
    RESERVE,

    /** Guests are given at most so much of what each of these nodes has. */
    @JsonProperty("Overcommit")
    OVERCOMMIT,

    /** At most so many of these nodes run them. */
    @JsonProperty("MaxNodesInUse")
    MAX_NODES_IN_USE
}

package dev.drover.model;

/** A native topologySpreadConstraint with DoNotSchedule, over the pods of the pod's own namespace. */
public record TopologySpread(Selector pods, String topologyKey, int maxSkew) {}

package dev.drover.observe;

/**
 * Something in the cluster that could not be read as it stands; the rest of the snapshot is not touched by it.
 *
 * @param kind of the object that it is about, for example VirtualMachine or PlacementConstraint
 * @param namespace empty for objects of the cluster
 * @param message names the value and says what to do
 */
public record Fault(String kind, String namespace, String name, String message) {}

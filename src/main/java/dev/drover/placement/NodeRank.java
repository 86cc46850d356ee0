package dev.drover.placement;

/**
 * How well a node suits a virtual machine.
 *
 * @param pressure of the node with the virtual machine on it, 1 being a full node
 * @param obstacle why the node cannot take it; empty when it can
 */
public record NodeRank(String node, double pressure, String obstacle) {}

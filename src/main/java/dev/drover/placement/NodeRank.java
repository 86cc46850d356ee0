package dev.drover.placement;

/**
 * How well a node suits a virtual machine.
 *
 * @param pressure how full the node is at its fullest with the virtual machine on it, by need and by requests; 1 being full
 * @param obstacle why the node cannot take it; empty when it can
 */
public record NodeRank(String node, double pressure, String obstacle) {}

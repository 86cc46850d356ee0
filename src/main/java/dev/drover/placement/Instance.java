package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import java.util.BitSet;

/**
 * One problem: the virtual machines of one policy's nodes, all others being fixed.
 *
 * @param movable indexes of the virtual machines that may be moved now
 * @param nodes indexes of the nodes that they may be moved to
 */
public record Instance(Cluster cluster, CompiledRules rules, BitSet movable, BitSet nodes, Goal goal, Effort effort) {}

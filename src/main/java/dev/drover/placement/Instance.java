package dev.drover.placement;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.model.Cluster;
import java.util.BitSet;
import java.util.List;

/**
 * One problem: the virtual machines of one policy's nodes, all others being fixed.
 *
 * @param rules what the engine keeps
 * @param constraints those that the rules were compiled from, for the proof that they cannot hold; without them none is tried
 * @param movable indexes of the virtual machines that may be moved now
 * @param nodes indexes of the nodes that they may be moved to
 */
public record Instance(
        Cluster cluster,
        CompiledRules rules,
        List<Constraint> constraints,
        BitSet movable,
        BitSet nodes,
        Goal goal,
        Effort effort) {
    public Instance {
        constraints = List.copyOf(constraints);
    }

    /** Of which nothing is to be proven. */
    public Instance(Cluster cluster, CompiledRules rules, BitSet movable, BitSet nodes, Goal goal, Effort effort) {
        this(cluster, rules, List.of(), movable, nodes, goal, effort);
    }
}

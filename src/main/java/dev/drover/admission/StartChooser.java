package dev.drover.admission;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.placement.Goal;
import dev.drover.placement.StartDecision;
import java.util.BitSet;
import java.util.List;

/** The engine's choice of nodes for virtual machines that start. A pure function. */
@FunctionalInterface
public interface StartChooser {

    /**
     * @param vms indexes of those that start: they have no node
     * @param nodes indexes of the nodes to choose from
     * @return one decision for each of {@code vms}, in their order
     */
    List<StartDecision> place(Cluster cluster, CompiledRules rules, List<Integer> vms, BitSet nodes, Goal goal);
}

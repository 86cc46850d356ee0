package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something about a constraint that is probably not what its author meant. The constraint is obeyed all the same.
 *
 * @param message names the thing and says what to do
 */
public record Diagnosis(ConstraintId constraint, Kind kind, String message) {
    public enum Kind {
        /** It selects no virtual machine. */
        NO_VIRTUAL_MACHINES,
        /** It speaks of nodes and none is selected. */
        NO_NODES,
        /** It limits each domain of a label that no node has. */
        NO_DOMAINS,
        /** It limits a resource that no node has. */
        UNKNOWN_RESOURCE
    }

    /** @return in the order of the constraints */
    public static List<Diagnosis> of(Cluster cluster, List<Constraint> constraints) {
        List<Diagnosis> result = new ArrayList<>();
        constraints.forEach(constraint -> diagnose(cluster, constraint, result));
        return result;
    }

    private static void diagnose(Cluster cluster, Constraint constraint, List<Diagnosis> result) {
        ConstraintId id = constraint.id();
        if (selectsNothing(cluster, constraint.selection())) {
            String message = id + " selects no virtual machine by ("
                    + Selectors.describe(constraint.selection().virtualMachines())
                    + "). Selectors match the labels of the virtual machine's template.";
            result.add(new Diagnosis(id, Kind.NO_VIRTUAL_MACHINES, message));
        }
        switch (constraint.rule()) {
            case Rule.AllowedNodes rule -> diagnoseNodes(cluster, id, rule.nodes(), result);
            case Rule.ForbiddenNodes rule -> diagnoseNodes(cluster, id, rule.nodes(), result);
            case Rule.Capacity rule -> {
                diagnoseNodes(cluster, id, rule.nodes(), result);
                diagnoseDomains(cluster, id, rule.topologyKey(), result);
                diagnoseResource(cluster, id, rule, result);
            }
            case Rule.Quarantine rule -> diagnoseNodes(cluster, id, rule.nodes(), result);
            case Rule.Overcommit rule -> diagnoseNodes(cluster, id, rule.nodes(), result);
            case Rule.MaxNodesInUse rule -> diagnoseNodes(cluster, id, rule.nodes(), result);
            case Rule.SeparateFrom rule -> diagnoseOthers(cluster, id, rule.others(), result);
            case Rule.Spread rule -> {}
            case Rule.Colocate rule -> {}
            case Rule.SameDomain rule -> {}
            case Rule.Exclusive rule -> {}
            case Rule.Pinned rule -> {}
            case Rule.Reserve rule -> {}
        }
    }

    private static boolean selectsNothing(Cluster cluster, Selection selection) {
        return cluster.vms().stream().noneMatch(vm -> selection.selects(vm, cluster.namespaces()));
    }

    private static void diagnoseNodes(Cluster cluster, ConstraintId id, Selector nodes, List<Diagnosis> result) {
        Predicate<Node> selected = node -> nodes.matches(node.labels());
        if (cluster.nodes().stream().noneMatch(selected)) {
            String message = id + " selects no node by (" + Selectors.describe(nodes)
                    + "). Correct its nodeSelector, or label the nodes.";
            result.add(new Diagnosis(id, Kind.NO_NODES, message));
        }
    }

    private static void diagnoseDomains(
            Cluster cluster, ConstraintId id, @Nullable String key, List<Diagnosis> result) {
        if (key != null
                && cluster.nodes().stream().noneMatch(node -> node.labels().containsKey(key))) {
            String message = id + " limits each group of nodes by the label (" + key
                    + "), which no node has, so it limits nothing. Correct the topologyKey, or label the nodes.";
            result.add(new Diagnosis(id, Kind.NO_DOMAINS, message));
        }
    }

    private static void diagnoseOthers(Cluster cluster, ConstraintId id, Selection others, List<Diagnosis> result) {
        if (selectsNothing(cluster, others)) {
            String message = id + " separates from no virtual machine: none is selected by ("
                    + Selectors.describe(others.virtualMachines()) + "). Correct the selector of separateFrom.";
            result.add(new Diagnosis(id, Kind.NO_VIRTUAL_MACHINES, message));
        }
    }

    private static void diagnoseResource(Cluster cluster, ConstraintId id, Rule.Capacity rule, List<Diagnosis> result) {
        String resource = rule.resource();
        if (resource != null
                && cluster.nodes().stream()
                        .noneMatch(node -> node.allocatable().names().contains(resource))) {
            String message = id + " limits the resource (" + resource
                    + "), which no node has. Use a name that kubectl describe node lists under Allocatable.";
            result.add(new Diagnosis(id, Kind.UNKNOWN_RESOURCE, message));
        }
    }
}

package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What virtual machines and the constraints on them demand of single nodes, for {@link ConstraintChecker}: from plain collections. */
final class NodeDemands {
    private final Cluster cluster;
    private final List<Constraint> constraints;

    NodeDemands(Cluster cluster, List<Constraint> constraints) {
        this.cluster = cluster;
        this.constraints = constraints.stream()
                .filter(constraint -> constraint.required() && isAboutNodes(constraint.rule()))
                .toList();
    }

    /** The values of the label on nodes where one of the virtual machines may be. */
    SortedSet<String> domains(String key, Collection<Vm> vms) {
        SortedSet<String> domains = new TreeSet<>();
        for (Node node : cluster.nodes()) {
            String domain = node.labels().get(key);
            if (domain != null && !domains.contains(domain) && vms.stream().anyMatch(vm -> mayBeOn(vm, node))) {
                domains.add(domain);
            }
        }
        return domains;
    }

    /** By the node's state and by the demands on single nodes of the virtual machine and of the constraints on it. */
    private boolean mayBeOn(Vm vm, Node node) {
        Scheduling scheduling = vm.scheduling();
        boolean tainted = node.taints().stream()
                .anyMatch(taint -> taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE
                        && scheduling.tolerations().stream().noneMatch(toleration -> toleration.tolerates(taint)));
        Map<String, String> fields = new HashMap<>(node.labels());
        fields.put(Scheduling.NODE_NAME_KEY, node.name());
        boolean affine = scheduling.nodeTerms().isEmpty()
                || scheduling.nodeTerms().stream()
                        .anyMatch(term -> !term.equals(Selector.EVERYTHING) && term.matches(fields));
        boolean selected =
                node.labels().entrySet().containsAll(scheduling.nodeSelector().entrySet());
        return node.ready() && !node.cordoned() && !tainted && affine && selected && constraintsAllow(vm, node);
    }

    private boolean constraintsAllow(Vm vm, Node node) {
        for (Constraint constraint : constraints) {
            boolean allowed =
                    switch (constraint.rule()) {
                        case Rule.AllowedNodes rule -> rule.nodes().matches(node.labels());
                        case Rule.ForbiddenNodes rule -> !rule.nodes().matches(node.labels());
                        case Rule.Quarantine rule -> !rule.nodes().matches(node.labels());
                        case Rule.Reserve rule ->
                            rule.amount().names().stream()
                                    .noneMatch(name -> rule.amount().get(name)
                                            > node.allocatable().get(name));
                        default -> true;
                    };
            if (!allowed && constraint.selection().selects(vm, cluster.namespaces())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAboutNodes(Rule rule) {
        return rule instanceof Rule.AllowedNodes
                || rule instanceof Rule.ForbiddenNodes
                || rule instanceof Rule.Quarantine
                || rule instanceof Rule.Reserve;
    }
}

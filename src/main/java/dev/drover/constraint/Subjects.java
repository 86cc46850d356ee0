package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which virtual machines are selected, for {@link ConstraintChecker}, and where their copies are: found once for each selection, among
 * those that carry one of its labels. From plain collections; not safe for threads.
 */
final class Subjects {
    /**
     * A virtual machine, on one of the nodes that hold a copy of it.
     *
     * @param number its index in the cluster
     */
    record Copy(int number, Vm vm, Node node) {}

    private final Cluster cluster;
    private final Whereabouts whereabouts;
    private final SortedMap<Integer, Vm> everyone = new TreeMap<>();
    private final Map<Selection, SortedMap<Integer, Vm>> selected = new HashMap<>();
    private final Map<String, Map<String, List<Integer>>> byLabel = new HashMap<>();

    Subjects(Cluster cluster, Whereabouts whereabouts) {
        this.cluster = cluster;
        this.whereabouts = whereabouts;
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            everyone.put(vm, cluster.vms().get(vm));
        }
    }

    /** By index in the cluster; not to be written. */
    SortedMap<Integer, Vm> of(Selection selection) {
        SortedMap<Integer, Vm> known = selected.get(selection);
        if (known == null) {
            known = new TreeMap<>();
            for (int vm : candidates(selection.virtualMachines())) {
                if (selection.selects(cluster.vms().get(vm), cluster.namespaces())) {
                    known.put(vm, cluster.vms().get(vm));
                }
            }
            selected.put(selection, known);
        }
        return known;
    }

    /** The copies of those that are selected on these nodes, in the order of the cluster; looked for where fewer are to be seen. */
    List<Copy> copies(Selection selection, SortedMap<String, Node> nodes) {
        SortedMap<Integer, Vm> members = of(selection);
        List<Copy> copies = new ArrayList<>();
        if (nodes.size() < members.size()) {
            nodes.forEach((name, node) -> whereabouts.on(name).forEach((number, vm) -> {
                if (members.containsKey(number)) {
                    copies.add(new Copy(number, vm, node));
                }
            }));
            copies.sort(Comparator.comparingInt(Copy::number));
        } else {
            members.forEach((number, vm) -> {
                for (String name : whereabouts.nodes(vm.id())) {
                    Node node = nodes.get(name);
                    if (node != null) {
                        copies.add(new Copy(number, vm, node));
                    }
                }
            });
        }
        return copies;
    }

    /** What shares a node with one of these copies and is not selected. */
    List<Copy> beside(Selection selection, List<Copy> copies) {
        SortedMap<Integer, Vm> members = of(selection);
        Map<String, Node> nodes = new HashMap<>();
        copies.forEach(copy -> nodes.put(copy.node().name(), copy.node()));
        List<Copy> others = new ArrayList<>();
        nodes.forEach((name, node) -> whereabouts.on(name).forEach((number, vm) -> {
            if (!members.containsKey(number)) {
                others.add(new Copy(number, vm, node));
            }
        }));
        return others;
    }

    /** All that the selector can match, and perhaps others. */
    private Collection<Integer> candidates(Selector selector) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Requirement.Operator.IN) {
                Map<String, List<Integer>> carrying = byLabel.computeIfAbsent(requirement.key(), this::byValue);
                return requirement.values().stream()
                        .flatMap(value -> carrying.getOrDefault(value, List.of()).stream())
                        .toList();
            }
        }
        return everyone.keySet();
    }

    private Map<String, List<Integer>> byValue(String key) {
        Map<String, List<Integer>> byValue = new HashMap<>();
        everyone.forEach((number, vm) -> {
            String value = vm.labels().get(key);
            if (value != null) {
                byValue.computeIfAbsent(value, unseen -> new ArrayList<>()).add(number);
            }
        });
        return byValue;
    }
}

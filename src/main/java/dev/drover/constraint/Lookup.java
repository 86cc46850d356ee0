package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One cluster by index, with everything found once that compilation asks for more than once. */
final class Lookup {
    final Cluster cluster;
    private final Map<String, Integer> nodeIndex;
    private final Map<String, Integer> vmByInstance = new HashMap<>();
    private final Map<String, Domains> domains;
    private final Map<Selector, BitSet> nodesByLabels;
    private final Map<Selection, BitSet> selected = new HashMap<>();
    private final Map<String, Map<String, List<Integer>>> vmsByLabel = new HashMap<>();
    private final Map<String, List<Integer>> vmsByNamespace = new HashMap<>();
    private final List<Map<String, String>> nextLabels = new ArrayList<>();
    private final Domains everyNode;

    Lookup(Cluster cluster) {
        this(
                cluster,
                cluster.nodeIndex(),
                new HashMap<>(),
                new HashMap<>(),
                Domains.ofNodes(cluster.nodes().size()));
    }

    private Lookup(
            Cluster cluster,
            Map<String, Integer> nodeIndex,
            Map<String, Domains> domains,
            Map<Selector, BitSet> nodesByLabels,
            Domains everyNode) {
        this.cluster = cluster;
        this.nodeIndex = nodeIndex;
        this.domains = domains;
        this.nodesByLabels = nodesByLabels;
        this.everyNode = everyNode;
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            Vm value = cluster.vms().get(vm);
            vmByInstance.put(value.instanceUid(), vm);
            vmsByNamespace
                    .computeIfAbsent(value.id().namespace(), namespace -> new ArrayList<>())
                    .add(vm);
            nextLabels.add(LauncherLabels.ofNextPod(value));
        }
    }

    /** The same nodes with these virtual machines only, and nothing else; what is known of the nodes is shared. */
    Lookup with(List<Vm> vms) {
        Cluster part = new Cluster(cluster.takenAt(), cluster.nodes(), vms, List.of(), List.of(), cluster.namespaces());
        return new Lookup(part, nodeIndex, domains, nodesByLabels, everyNode);
    }

    /** -1 when the node is unknown or null. */
    int node(@Nullable String name) {
        return name == null ? -1 : nodeIndex.getOrDefault(name, -1);
    }

    /** The virtual machine that the pod is a launcher of; -1 when it is of none that the cluster lists. */
    int owner(Pod pod) {
        String instance = pod.instanceUid();
        return instance == null ? -1 : vmByInstance.getOrDefault(instance, -1);
    }

    Domains domains(String topologyKey) {
        return domains.computeIfAbsent(topologyKey, key -> Domains.ofLabel(cluster.nodes(), key));
    }

    Domains everyNode() {
        return everyNode;
    }

    BitSet nodes(Predicate<Node> predicate) {
        return indexes(cluster.nodes(), predicate);
    }

    /** Must not be written. */
    BitSet nodes(Selector labels) {
        return nodesByLabels.computeIfAbsent(labels, unseen -> nodes(node -> unseen.matches(node.labels())));
    }

    /** The virtual machines that a selection selects; must not be written. */
    BitSet selected(Selection selection) {
        BitSet known = selected.get(selection);
        if (known == null) {
            known = candidates(selection.virtualMachines());
            for (int vm = known.nextSetBit(0); vm >= 0; vm = known.nextSetBit(vm + 1)) {
                known.set(vm, selection.selects(cluster.vms().get(vm), cluster.namespaces()));
            }
            selected.put(selection, known);
        }
        return known;
    }

    /** All that the selector can match, and perhaps others: hundreds of rules must not each look at every virtual machine. */
    private BitSet candidates(Selector selector) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Requirement.Operator.IN) {
                BitSet union = new BitSet();
                requirement.values().forEach(value -> labelled(requirement.key(), value)
                        .forEach(union::set));
                return union;
            }
        }
        BitSet all = new BitSet();
        all.set(0, cluster.vms().size());
        return all;
    }

    private List<Integer> labelled(String key, String value) {
        return vmsByLabel.computeIfAbsent(key, this::byValue).getOrDefault(value, List.of());
    }

    private Map<String, List<Integer>> byValue(String key) {
        Map<String, List<Integer>> byValue = new HashMap<>();
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            String value = cluster.vms().get(vm).labels().get(key);
            if (value != null) {
                byValue.computeIfAbsent(value, unseen -> new ArrayList<>()).add(vm);
            }
        }
        return byValue;
    }

    BitSet notSelected(Selection selection) {
        BitSet others = new BitSet();
        others.set(0, cluster.vms().size());
        others.andNot(selected(selection));
        return others;
    }

    /** The virtual machines whose next launcher pods a term selects. */
    BitSet matching(PodTerm term) {
        BitSet result = new BitSet();
        boolean named = term.namespaceSelector().equals(Selector.NOTHING);
        for (String namespace : named ? term.namespaces() : vmsByNamespace.keySet()) {
            for (int vm : vmsByNamespace.getOrDefault(namespace, List.of())) {
                if (term.selects(namespace, nextLabels.get(vm), cluster.namespaces())) {
                    result.set(vm);
                }
            }
        }
        return result;
    }

    boolean matches(PodTerm term, Pod pod) {
        return term.selects(pod.namespace(), pod.labels(), cluster.namespaces());
    }

    boolean matchesNextPod(PodTerm term, int vm) {
        return term.selects(cluster.vms().get(vm).id().namespace(), nextLabels.get(vm), cluster.namespaces());
    }

    private static <T> BitSet indexes(List<T> values, Predicate<T> predicate) {
        BitSet result = new BitSet(values.size());
        for (int i = 0; i < values.size(); i++) {
            if (predicate.test(values.get(i))) {
                result.set(i);
            }
        }
        return result;
    }
}

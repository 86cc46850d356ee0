package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.TopologySpread;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says whether kube-scheduler would put the next launcher pod of a virtual machine on a node, resources aside: the filters
 * NodeUnschedulable, TaintToleration, NodeAffinity, InterPodAffinity and PodTopologySpread with their default policies. It shares no
 * code with {@link ConstraintCompiler} or the solver, for it judges them.
 *
 * <p>The running pods of the virtual machine itself count, as they do for kube-scheduler. Not safe for threads; what is static is a pure
 * function of its arguments.
 */
public final class NativeTermsChecker {
    private static final String CREATED_BY = "kubevirt.io/created-by";

    /**
     * A pod at the instant that is judged.
     *
     * @param order the pods that the snapshot saw first, then those that virtual machines will have
     */
    private record Present(
            int order,
            String namespace,
            Map<String, String> labels,
            Node node,
            Scheduling scheduling,
            boolean terminating) {}

    private final Cluster cluster;
    private final Whereabouts whereabouts;
    private final NodeGroups nodes;
    private final Map<VmId, Vm> vms = new HashMap<>();
    private final Map<String, VmId> instances = new HashMap<>();
    private final Map<String, List<Integer>> podsOn = new HashMap<>();
    /** The topology keys of all terms that keep others away. */
    private final Set<String> keepingAway = new TreeSet<>();

    /**
     * Judges instants that go over into each other.
     *
     * @param cluster the snapshot that {@code whereabouts} was derived from
     * @param whereabouts where the virtual machines are when a pod is scheduled, whenever one is
     */
    public NativeTermsChecker(Cluster cluster, Whereabouts whereabouts) {
        this.cluster = cluster;
        this.whereabouts = whereabouts;
        nodes = new NodeGroups(cluster);
        for (Vm vm : cluster.vms()) {
            vms.put(vm.id(), vm);
            instances.put(vm.instanceUid(), vm.id());
            vm.scheduling().antiAffinity().forEach(term -> keepingAway.add(term.topologyKey()));
        }
        for (int number = 0; number < cluster.pods().size(); number++) {
            Pod pod = cluster.pods().get(number);
            if (pod.node() != null) {
                podsOn.computeIfAbsent(pod.node(), node -> new ArrayList<>()).add(number);
            }
            pod.scheduling().antiAffinity().forEach(term -> keepingAway.add(term.topologyKey()));
        }
    }

    /**
     * @param cluster the snapshot that {@code occupancy} was derived from
     * @param occupancy where the virtual machines are when the pod is scheduled
     * @return every reason against the node; none if the pod may be put there
     * @throws IllegalArgumentException if the cluster does not contain both the virtual machine and the node
     */
    public static List<String> refusals(Cluster cluster, Occupancy occupancy, VmId vm, String node) {
        return new NativeTermsChecker(cluster, new Whereabouts(cluster, occupancy)).refusals(vm, node);
    }

    /**
     * @return every reason against the node at this instant; none if the next launcher pod of the virtual machine may be put there
     * @throws IllegalArgumentException if the cluster does not contain both the virtual machine and the node
     */
    public List<String> refusals(VmId vm, String node) {
        Vm candidate = vms.get(vm);
        Node target = nodes.named(node);
        if (candidate == null || target == null) {
            throw new IllegalArgumentException("The virtual machine (" + vm + ") or the node (" + node
                    + ") is not in the cluster. Ask about those of the same snapshot.");
        }
        return refusals(candidate, target);
    }

    /** Whether it depends on pods being there, and not only on pods being away, where the pod may be put. */
    public boolean needsOthers(VmId vm) {
        Vm candidate = vms.get(vm);
        return candidate != null
                && !(candidate.scheduling().affinity().isEmpty()
                        && candidate.scheduling().spreads().isEmpty());
    }

    /** The pods on some nodes: those that are still where the snapshot saw them, and one for every other copy. */
    private List<Present> present(Collection<Node> some) {
        List<Present> present = new ArrayList<>();
        for (Node node : some) {
            Set<String> seen = addPods(present, node);
            whereabouts.on(node.name()).forEach((number, vm) -> {
                if (!seen.contains(vm.instanceUid())) {
                    present.add(new Present(
                            cluster.pods().size() + number,
                            vm.id().namespace(),
                            nextLabels(vm),
                            node,
                            vm.scheduling(),
                            false));
                }
            });
        }
        present.sort(Comparator.comparingInt(Present::order));
        return present;
    }

    /** @return the instances whose pods they are */
    private Set<String> addPods(List<Present> present, Node node) {
        Set<String> seen = new HashSet<>();
        for (int number : podsOn.getOrDefault(node.name(), List.of())) {
            Pod pod = cluster.pods().get(number);
            if (!hasLeft(pod, node.name())) {
                present.add(
                        new Present(number, pod.namespace(), pod.labels(), node, pod.scheduling(), pod.terminating()));
                seen.add(String.valueOf(pod.instanceUid()));
            }
        }
        return seen;
    }

    /** Whether it stood for a copy that is elsewhere by now. */
    private boolean hasLeft(Pod pod, String node) {
        VmId id = pod.instanceUid() == null ? null : instances.get(pod.instanceUid());
        Vm vm = id == null ? null : vms.get(id);
        return vm != null
                && (node.equals(vm.node()) || node.equals(vm.target()))
                && !whereabouts.nodes(vm.id()).contains(node);
    }

    private static Map<String, String> nextLabels(Vm vm) {
        Map<String, String> labels = new HashMap<>(vm.labels());
        labels.put("kubevirt.io", "virt-launcher");
        labels.put(CREATED_BY, vm.instanceUid());
        return labels;
    }

    private List<String> refusals(Vm vm, Node node) {
        List<String> refusals = new ArrayList<>();
        Scheduling scheduling = vm.scheduling();
        if (node.cordoned() || !node.ready()) {
            refusals.add("node " + node.name() + " is " + (node.cordoned() ? "cordoned" : "not ready"));
        }
        for (Taint taint : node.taints()) {
            if (taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE
                    && scheduling.tolerations().stream().noneMatch(toleration -> toleration.tolerates(taint))) {
                refusals.add("taint " + taint.key() + "=" + taint.value() + " is not tolerated");
            }
        }
        if (!admits(node, scheduling)) {
            refusals.add("node selector or node affinity is not met");
        }
        addAntiAffinity(refusals, vm, node);
        addAffinity(refusals, vm, node);
        scheduling.spreads().forEach(spread -> addSpread(refusals, vm, node, spread));
        return refusals;
    }

    private static boolean admits(Node node, Scheduling scheduling) {
        Map<String, String> fields = new HashMap<>(node.labels());
        fields.put(Scheduling.NODE_NAME_KEY, node.name());
        boolean affine = scheduling.nodeTerms().isEmpty();
        for (Selector term : scheduling.nodeTerms()) {
            affine |= !term.requirements().isEmpty() && term.matches(fields);
        }
        return affine
                && scheduling.nodeSelector().entrySet().stream()
                        .allMatch(label -> label.getValue().equals(node.labels().get(label.getKey())));
    }

    private static boolean together(Node one, Node other, String key) {
        String domain = one.labels().get(key);
        return domain != null && domain.equals(other.labels().get(key));
    }

    private boolean selects(PodTerm term, Present pod) {
        return term.selects(pod.namespace(), pod.labels(), cluster.namespaces());
    }

    private boolean selects(PodTerm term, Vm vm) {
        return term.selects(vm.id().namespace(), nextLabels(vm), cluster.namespaces());
    }

    private void addAntiAffinity(List<String> refusals, Vm vm, Node node) {
        for (Present pod : present(near(node))) {
            for (PodTerm term : vm.scheduling().antiAffinity()) {
                if (selects(term, pod) && together(pod.node(), node, term.topologyKey())) {
                    refusals.add("its own anti-affinity by " + term.topologyKey() + " meets a pod on node "
                            + pod.node().name());
                }
            }
            for (PodTerm term : pod.scheduling().antiAffinity()) {
                if (selects(term, vm) && together(pod.node(), node, term.topologyKey())) {
                    refusals.add("the anti-affinity by " + term.topologyKey() + " of a pod on node "
                            + pod.node().name() + " meets it");
                }
            }
        }
    }

    /** The nodes from which a pod can keep another away from this one. */
    private Collection<Node> near(Node node) {
        SortedMap<String, Node> near = new TreeMap<>();
        keepingAway.forEach(key -> near.putAll(nodes.with(node, key)));
        return near.values();
    }

    private void addAffinity(List<String> refusals, Vm vm, Node node) {
        List<PodTerm> terms = vm.scheduling().affinity();
        if (terms.isEmpty()) {
            return;
        }
        List<Present> wanted = present(nodes.all().values()).stream()
                .filter(pod -> terms.stream().allMatch(term -> selects(term, pod)))
                .toList();
        boolean first = terms.stream()
                .allMatch(term -> selects(term, vm)
                        && wanted.stream().noneMatch(pod -> pod.node().labels().containsKey(term.topologyKey())));
        for (PodTerm term : terms) {
            boolean labelled = node.labels().containsKey(term.topologyKey());
            boolean met = wanted.stream().anyMatch(pod -> together(pod.node(), node, term.topologyKey()));
            if (!labelled || !met && !first) {
                refusals.add("its affinity by " + term.topologyKey() + " meets no pod there");
            }
        }
    }

    private void addSpread(List<String> refusals, Vm vm, Node node, TopologySpread spread) {
        String key = spread.topologyKey();
        Map<String, Integer> counts = new HashMap<>();
        for (Node candidate : cluster.nodes()) {
            String domain = candidate.labels().get(key);
            if (domain != null && admits(candidate, vm.scheduling())) {
                counts.putIfAbsent(domain, 0);
            }
        }
        for (Present pod : present(nodes.all().values())) {
            boolean counted = !pod.terminating()
                    && pod.namespace().equals(vm.id().namespace())
                    && spread.pods().matches(pod.labels())
                    && admits(pod.node(), vm.scheduling());
            String domain = pod.node().labels().get(key);
            if (counted && domain != null) {
                counts.merge(domain, 1, Integer::sum);
            }
        }
        String entered = node.labels().get(key);
        int least = counts.values().stream().mapToInt(count -> count).min().orElse(0);
        int self = spread.pods().matches(nextLabels(vm)) ? 1 : 0;
        if (entered == null || counts.getOrDefault(entered, 0) + self - least > spread.maxSkew()) {
            refusals.add("its topology spread by " + key + " would be exceeded");
        }
    }
}

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether kube-scheduler would put the next launcher pod of a virtual machine on a node, resources aside: the filters
 * NodeUnschedulable, TaintToleration, NodeAffinity, InterPodAffinity and PodTopologySpread with their default policies. It shares no
 * code with {@link ConstraintCompiler} or the solver, for it judges them.
 *
 * <p>The running pods of the virtual machine itself count, as they do for kube-scheduler. A pure function of its arguments.
 */
public final class NativeTermsChecker {
    private static final String CREATED_BY = "kubevirt.io/created-by";

    /** A pod at the instant that is judged. */
    private record Present(
            String namespace, Map<String, String> labels, Node node, Scheduling scheduling, boolean terminating) {}

    private final Cluster cluster;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Present> present = new ArrayList<>();

    private NativeTermsChecker(Cluster cluster, Occupancy occupancy) {
        this.cluster = cluster;
        cluster.nodes().forEach(node -> nodes.put(node.name(), node));
        Set<String> seen = addPods(occupancy);
        for (Vm vm : cluster.vms()) {
            for (String node : occupancy.nodes(vm.id())) {
                if (!seen.contains(copy(vm.instanceUid(), node))) {
                    add(vm.id().namespace(), nextLabels(vm), node, vm.scheduling(), false);
                }
            }
        }
    }

    /**
     * @param cluster the snapshot that {@code occupancy} was derived from
     * @param occupancy where the virtual machines are when the pod is scheduled
     * @return every reason against the node; none if the pod may be put there
     * @throws IllegalArgumentException if the cluster does not contain both the virtual machine and the node
     */
    public static List<String> refusals(Cluster cluster, Occupancy occupancy, VmId vm, String node) {
        NativeTermsChecker checker = new NativeTermsChecker(cluster, occupancy);
        Node target = checker.nodes.get(node);
        for (Vm candidate : cluster.vms()) {
            if (candidate.id().equals(vm) && target != null) {
                return checker.refusals(candidate, target);
            }
        }
        throw new IllegalArgumentException("The virtual machine (" + vm + ") or the node (" + node
                + ") is not in the cluster. Ask about those of the same snapshot.");
    }

    /** Adds the pods that are still where the snapshot saw them. */
    private Set<String> addPods(Occupancy occupancy) {
        Occupancy origin = Occupancy.of(cluster);
        Map<String, VmId> vms = new HashMap<>();
        cluster.vms().forEach(vm -> vms.put(vm.instanceUid(), vm.id()));
        Set<String> seen = new HashSet<>();
        for (Pod pod : cluster.pods()) {
            String instance = pod.instanceUid();
            String node = pod.node();
            VmId vm = instance == null ? null : vms.get(instance);
            boolean left = vm != null
                    && node != null
                    && origin.nodes(vm).contains(node)
                    && !occupancy.nodes(vm).contains(node);
            if (node != null && !left) {
                add(pod.namespace(), pod.labels(), node, pod.scheduling(), pod.terminating());
                seen.add(copy(instance, node));
            }
        }
        return seen;
    }

    private void add(
            String namespace, Map<String, String> labels, String node, Scheduling scheduling, boolean terminating) {
        Node where = nodes.get(node);
        if (where != null) {
            present.add(new Present(namespace, labels, where, scheduling, terminating));
        }
    }

    private static String copy(@Nullable String instanceUid, String node) {
        return instanceUid + "@" + node;
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
        for (Present pod : present) {
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

    private void addAffinity(List<String> refusals, Vm vm, Node node) {
        List<PodTerm> terms = vm.scheduling().affinity();
        List<Present> wanted = present.stream()
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
        for (Present pod : present) {
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

package dev.drover.demo;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Violation;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges the rules at every instant that the API server shows, with the independent checker. A virtual machine counts on its own node and
 * on that of each of its launcher pods which has not ended, so on both nodes while it moves. Not safe for threads.
 */
final class Referee {

    private static final Demand NO_DEMAND = new Demand(Resources.NONE, Demand.Source.REQUESTED);

    private final List<Node> nodes;
    private final List<Constraint> rules;
    private final Set<Violation> breaches = new LinkedHashSet<>();
    private int instants;

    /** @param nodes with their labels */
    Referee(List<Node> nodes, List<Constraint> rules) {
        this.nodes = List.copyOf(nodes);
        this.rules = List.copyOf(rules);
    }

    /** Judges the rules as of now. Returns the breaches that were not known before. */
    List<Violation> judge(Collection<VirtualMachineInstance> instances, Collection<Pod> launchers, Instant now) {
        SortedMap<VmId, SortedSet<String>> occupied = new TreeMap<>();
        List<Vm> vms = instances.stream().map(Referee::vm).toList();
        for (Vm vm : vms) {
            SortedSet<String> copies = new TreeSet<>();
            if (vm.node() != null) {
                copies.add(vm.node());
            }
            launchers.stream()
                    .filter(pod -> runs(pod, vm.instanceUid()))
                    .forEach(pod -> copies.add(pod.getSpec().getNodeName()));
            occupied.put(vm.id(), copies);
        }
        instants++;
        Cluster cluster = new Cluster(now, nodes, vms, List.of(), List.of(), Map.of());
        return ConstraintChecker.check(cluster, rules, new Occupancy(occupied), ConstraintChecker.At.INSTANT).stream()
                .filter(breaches::add)
                .toList();
    }

    /** How often the rules were judged. */
    int instants() {
        return instants;
    }

    Set<Violation> breaches() {
        return Set.copyOf(breaches);
    }

    int rules() {
        return rules.size();
    }

    private static boolean runs(Pod pod, String instanceUid) {
        String phase = pod.getStatus().getPhase();
        return instanceUid.equals(pod.getMetadata().getLabels().get("kubevirt.io/created-by"))
                && pod.getSpec().getNodeName() != null
                && !"Succeeded".equals(phase)
                && !"Failed".equals(phase);
    }

    private static Vm vm(VirtualMachineInstance instance) {
        var meta = instance.getMetadata();
        String node = instance.getStatus().nodeName();
        return new Vm(
                new VmId(meta.getNamespace(), meta.getName()),
                meta.getUid(),
                meta.getUid(),
                true,
                meta.getLabels(),
                node == null || node.isEmpty() ? null : node,
                null,
                Resources.NONE,
                NO_DEMAND,
                Scheduling.FREE,
                Migratability.YES);
    }
}

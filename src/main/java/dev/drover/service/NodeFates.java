package dev.drover.service;

import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SlimNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of all nodes at one instant. */
final class NodeFates {
    /** KubeVirt labels each node that its node side runs on, whatever the value. */
    private static final String OF_KUBEVIRT = "kubevirt.io/schedulable";

    private final Map<String, NodeFate> fates = new HashMap<>();
    private final Storms storms;

    /**
     * @param told what the statuses of services remember: of nodes that are gone, or back for a moment, nothing else does
     * @param percent of the nodes of KubeVirt: when more are lost together, the brake holds
     */
    NodeFates(
            List<SlimNode> nodes,
            List<Remediation> remediations,
            List<ServiceVirtualMachine> told,
            int percent,
            Instant now) {
        Map<String, List<Remediation>> byNode = remediations.stream()
                .filter(remediation -> remediation.node().isPresent())
                .collect(Collectors.groupingBy(remediation -> remediation.node().get()));
        for (SlimNode node : nodes) {
            String name = node.getMetadata().getName();
            fates.put(name, NodeFate.of(node, byNode.getOrDefault(name, List.of()), now));
        }
        Map<String, Instant> losses = losses(told, now);
        List<Storms.Lost> lost = new ArrayList<>();
        Set<String> counted = new HashSet<>(losses.keySet());
        for (SlimNode node : nodes) {
            String name = node.getMetadata().getName();
            NodeFate fate = of(name);
            boolean ours = losses.containsKey(name);
            if (ours || isOfKubeVirt(node) && !isTakenOut(node, fate)) {
                counted.add(name);
            }
            if (fate.alive() && ours && !fate.settled(now)) {
                lost.add(new Storms.Lost(name, losses.get(name)));
            } else if (!fate.alive() && counted.contains(name)) {
                lost.add(new Storms.Lost(name, fate.since() == null ? losses.get(name) : fate.since()));
            }
        }
        losses.keySet().stream()
                .filter(name -> of(name) == NodeFate.GONE)
                .forEach(name -> lost.add(new Storms.Lost(name, losses.get(name))));
        this.storms = new Storms(lost, counted.size(), percent);
    }

    /** Since when the nodes are lost that virtual machines of services were on, as far as they are remembered. */
    private Map<String, Instant> losses(List<ServiceVirtualMachine> told, Instant now) {
        Map<String, Instant> losses = new HashMap<>();
        for (ServiceVirtualMachine machine : told) {
            NodeLoss loss = machine.loss();
            if (loss != null) {
                losses.merge(loss.node(), loss.since(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        for (ServiceVirtualMachine machine : told) {
            if (machine.node() != null && of(machine.node()) == NodeFate.GONE) {
                losses.putIfAbsent(machine.node(), now);
            }
        }
        return losses;
    }

    private static boolean isOfKubeVirt(SlimNode node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels != null && labels.containsKey(OF_KUBEVIRT);
    }

    /** Somebody had cordoned it before it went: that is maintenance and no storm. */
    private static boolean isTakenOut(SlimNode node, NodeFate fate) {
        Instant cordoned = node.cordonedSince().map(Instant::parse).orElse(null);
        return !fate.alive() && cordoned != null && fate.since() != null && cordoned.isBefore(fate.since());
    }

    NodeFate of(String node) {
        return fates.getOrDefault(node, NodeFate.GONE);
    }

    /** @param order a person's order to go on in spite of what was lost before it; null without one */
    Brake brake(String node, @Nullable Instant order) {
        return storms.brake(node, order);
    }
}

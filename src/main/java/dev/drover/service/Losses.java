package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which virtual machines of one service have lost their node. An instance that is gone says nothing any more of where it was, so what the
 * service's status told of it counts then: it is the memory that outlives the operator.
 */
final class Losses {
    private final NodeFates fates;
    private final Order order;
    private final Instant now;
    private final Map<String, ServiceVirtualMachine> told;
    private final Map<String, Brake> brakes = new HashMap<>();

    Losses(NodeFates fates, ApplicationService service, Order order, Instant now) {
        this.fates = fates;
        this.order = order;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.told = told(service);
    }

    /** What its status says of each of its virtual machines. */
    static Map<String, ServiceVirtualMachine> told(ApplicationService service) {
        Map<String, ServiceVirtualMachine> told = new HashMap<>();
        if (service.getStatus() != null) {
            service.getStatus().applications().forEach(application -> application
                    .virtualMachines()
                    .forEach(machine -> told.put(machine.name(), machine)));
        }
        return told;
    }

    /** What the statuses of all services say of all their virtual machines. */
    static List<ServiceVirtualMachine> told(List<ApplicationService> services) {
        return services.stream()
                .flatMap(service -> told(service).values().stream())
                .toList();
    }

    /**
     * The nodes on which something of it may run: of a migration under way both ends. What it has lost before is forgotten only when it has
     * an instance on a node.
     */
    static Set<String> nodes(@Nullable ServiceVirtualMachine last, @Nullable VirtualMachineInstance instance) {
        Set<String> nodes = new LinkedHashSet<>();
        if (instance != null && instance.getStatus().nodeName() != null) {
            nodes.add(instance.getStatus().nodeName());
            VirtualMachineInstance.MigrationState migration =
                    instance.getStatus().migrationState();
            if (migration != null && !Boolean.TRUE.equals(migration.completed())) {
                add(nodes, migration.sourceNode());
                add(nodes, migration.targetNode());
            }
        } else if (last != null) {
            add(nodes, last.node());
            if (last.loss() != null && (last.node() == null || last.loss().provenAt() == null)) {
                nodes.add(last.loss().node());
            }
        }
        return nodes;
    }

    private static void add(Set<String> nodes, @Nullable String node) {
        if (node != null && !node.isEmpty()) {
            nodes.add(node);
        }
    }

    /**
     * Of several nodes the last one without a proof, so that the status remembers both ends of a migration: this one and that of the
     * instance.
     *
     * @return null when its node is well, or it has none
     */
    @Nullable
    Loss of(String machine, @Nullable VirtualMachineInstance instance) {
        ServiceVirtualMachine last = told.get(machine);
        Loss worst = null;
        for (String node : nodes(last, instance)) {
            NodeLoss before =
                    last == null || last.loss() == null || !last.loss().node().equals(node) ? null : last.loss();
            Loss loss = of(node, fates.of(node), before);
            if (loss != null && (worst == null || worst.proven() || !loss.proven())) {
                worst = loss;
            }
        }
        return worst;
    }

    /** Whether its node is not ready, so that nobody knows whether it runs. */
    boolean silent(@Nullable VirtualMachineInstance instance) {
        return instance != null
                && !instance.ended()
                && instance.getStatus().nodeName() != null
                && !fates.of(instance.getStatus().nodeName()).alive();
    }

    private Brake brake(String node) {
        return brakes.computeIfAbsent(node, _ -> fates.brake(node, order.time()));
    }

    private @Nullable Loss of(String node, NodeFate fate, @Nullable NodeLoss before) {
        if (fate.alive()) {
            return before == null || fate.settled(now) ? null : back(fate, before);
        }
        boolean gone = fate == NodeFate.GONE;
        Instant goneSince = !gone ? null : before == null || before.goneSince() == null ? now : before.goneSince();
        NodeFate.Word word = gone ? new NodeFate.Word(order.written(), order.time() == null) : fate.word();
        Instant refused = before == null ? null : before.refusedWord();
        boolean never = word.time() != null && word.time().equals(refused);
        if (word.time() != null && word.ahead()) {
            refused = word.time();
        }
        Instant since = fate.since() != null ? fate.since() : before != null ? before.since() : now;
        String proof = goneSince != null ? ordered(goneSince) : fate.proof();
        if (proof.isEmpty() || never && (gone || fate.byWord())) {
            String why = never ? NodeFate.WAS_AHEAD.formatted(refused) : fate.mistake();
            return new Loss(new NodeLoss(node, since, null, goneSince, refused, null), why, false, brake(node));
        }
        NodeLoss same = before != null && before.since().equals(since) && before.provenAt() != null ? before : null;
        Instant turn = brake(node).holds() ? null : same == null || same.turnSince() == null ? now : same.turnSince();
        return new Loss(
                new NodeLoss(node, since, same == null ? now : same.provenAt(), goneSince, refused, turn),
                proof,
                false,
                brake(node));
    }

    /** What was on it may run on, or may be ended by its kubelet only now. */
    private Loss back(NodeFate fate, NodeLoss before) {
        return new Loss(
                new NodeLoss(before.node(), before.since(), null, null, before.refusedWord(), null),
                "It is ready again since %s, and is watched for %d minutes before anything of it is started."
                        .formatted(fate.since(), NodeFate.SETTLES.toMinutes()),
                true,
                brake(before.node()));
    }

    /** Nobody can write on a node whose object is gone; a later order on the service is the person's word then. */
    private String ordered(Instant goneSince) {
        return order.time() == null || !order.time().isAfter(goneSince)
                ? ""
                : "its object is gone, and the annotation %s of the service says so".formatted(ServiceLabels.RECOVER);
    }
}

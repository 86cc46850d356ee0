package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which virtual machines of one service have lost their node. An instance that is gone says nothing any more of where it was, so what the
 * service's status told of it counts then: it is the memory that outlives the operator.
 */
final class Losses {
    private final NodeFates fates;
    private final Order order;
    private final Instant now;
    private final Map<String, ServiceVirtualMachine> told = new HashMap<>();

    Losses(NodeFates fates, ApplicationService service, Order order, Instant now) {
        this.fates = fates;
        this.order = order;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        if (service.getStatus() != null) {
            service.getStatus().applications().forEach(application -> application
                    .virtualMachines()
                    .forEach(machine -> told.put(machine.name(), machine)));
        }
    }

    /** @return null when its node answers, or it has none */
    @Nullable
    Loss of(String machine, @Nullable VirtualMachineInstance instance) {
        String node = instance == null ? earlier(machine) : instance.getStatus().nodeName();
        if (node == null) {
            return null;
        }
        NodeFate fate = fates.of(node);
        if (fate.alive()) {
            return null;
        }
        NodeLoss before = before(machine, node);
        Instant since = fate.since() != null ? fate.since() : before != null ? before.since() : now;
        String proof = fate == NodeFate.GONE ? orderAfter(since) : fate.proof();
        if (proof.isEmpty()) {
            return new Loss(node, since, null, fate.mistake());
        }
        boolean same = before != null && before.since().equals(since) && before.provenAt() != null;
        return new Loss(node, since, same ? before.provenAt() : now, proof);
    }

    private @Nullable String earlier(String machine) {
        ServiceVirtualMachine last = told.get(machine);
        if (last == null) {
            return null;
        }
        return last.loss() == null ? last.node() : last.loss().node();
    }

    private @Nullable NodeLoss before(String machine, String node) {
        ServiceVirtualMachine last = told.get(machine);
        return last == null || last.loss() == null || !last.loss().node().equals(node) ? null : last.loss();
    }

    /** Nobody can write on a node whose object is gone; the order on the service is the person's word then. */
    private String orderAfter(Instant since) {
        return order.time() == null || order.time().isBefore(since)
                ? ""
                : "its object is gone, and the annotation %s of the service says so".formatted(ServiceLabels.RECOVER);
    }
}

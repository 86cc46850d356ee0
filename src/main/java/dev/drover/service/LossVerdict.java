package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.status.Reason;
import dev.drover.status.ServiceReason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a service is coming back from the death of nodes, and what it waits for.
 *
 * @param message names the nodes, and the virtual machines with their applications
 */
record LossVerdict(boolean holds, Reason reason, String message) {
    private static final int MOST_NODES = 3;

    static LossVerdict of(ServiceScene scene, List<ApplicationStatus> applications) {
        Map<String, StringBuilder> byNode = new TreeMap<>();
        boolean unproven = false;
        for (ApplicationStatus application : applications) {
            for (ServiceVirtualMachine machine : application.virtualMachines()) {
                NodeLoss loss = machine.loss();
                if (loss != null) {
                    Loss seen = scene.recovering().losses().get(machine.name());
                    boolean back = seen != null && seen.back();
                    unproven |= loss.provenAt() == null && !back;
                    byNode.computeIfAbsent(loss.node(), _ -> new StringBuilder(said(loss, back)))
                            .append(" (%s) of the application (%s)".formatted(machine.name(), application.name()));
                }
            }
        }
        if (byNode.isEmpty()) {
            return new LossVerdict(false, ServiceReason.NOTHING_LOST, "");
        }
        String lost = byNode.values().stream().limit(MOST_NODES).collect(Collectors.joining(". ", "", "."));
        Brake brake = brake(scene, applications);
        if (brake.holds()) {
            return new LossVerdict(true, ServiceReason.RECOVERY_BRAKED, brake.why() + " " + lost);
        }
        return new LossVerdict(true, unproven ? ServiceReason.DEATH_NOT_PROVEN : ServiceReason.RECOVERING, lost);
    }

    /** The first that holds one of its virtual machines. */
    private static Brake brake(ServiceScene scene, List<ApplicationStatus> applications) {
        return applications.stream()
                .flatMap(application -> application.virtualMachines().stream())
                .map(machine -> scene.recovering().losses().get(machine.name()))
                .filter(Objects::nonNull)
                .map(Loss::brake)
                .filter(Brake::holds)
                .findFirst()
                .orElse(Brake.NONE);
    }

    private static String said(NodeLoss loss, boolean back) {
        if (back) {
            return "The node (%s) is ready again, but not for long; on it was".formatted(loss.node());
        }
        return loss.provenAt() == null
                ? "The node (%s) is not ready since %s, and is not proven down; on it was"
                        .formatted(loss.node(), loss.since())
                : "The node (%s) is proven down since %s; on it was".formatted(loss.node(), loss.provenAt());
    }
}

package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A virt-launcher pod.
 *
 * @param vmiUid the uid of the VMI it belongs to
 * @param migrationUid the uid of the migration whose target it is, or empty
 * @param node the node it is bound to, or empty
 * @param ready what its condition Ready says
 */
record PodView(
        VmId id,
        String uid,
        String vmiUid,
        String migrationUid,
        String node,
        String phase,
        boolean ready,
        Map<String, String> labels,
        List<ContainerStatus> initContainers,
        List<ContainerStatus> containers) {

    static PodView of(Pod pod) {
        var meta = pod.getMetadata();
        var labels = Objects.requireNonNullElse(meta.getLabels(), Map.<String, String>of());
        return new PodView(
                new VmId(meta.getNamespace(), meta.getName()),
                meta.getUid(),
                labels.getOrDefault("kubevirt.io/created-by", ""),
                labels.getOrDefault("kubevirt.io/migrationJobUID", ""),
                Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
                Objects.requireNonNullElse(pod.getStatus().getPhase(), ""),
                pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")),
                Map.copyOf(labels),
                List.copyOf(pod.getStatus().getInitContainerStatuses()),
                List.copyOf(pod.getStatus().getContainerStatuses()));
    }

    boolean ended() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}

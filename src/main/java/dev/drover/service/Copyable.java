package dev.drover.service;

import dev.drover.kubevirt.Surroundings;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;

/**
 * Whether the data of a claim can be copied to a volume on another node.
 *
 * @param machine whose own pods may use it
 * @param stuck why no disk of it can; empty when some can
 */
record Copyable(Surroundings surroundings, String namespace, String machine, String stuck) {
    private static final String MACHINE_LABEL = "vm.kubevirt.io/name";

    /** Why it cannot; empty when it can. */
    String stuck(PersistentVolumeClaim claim) {
        if (!stuck.isEmpty()) {
            return stuck;
        }
        String name = claim.getMetadata().getName();
        String storage = storage(name, claim.getSpec().getStorageClassName());
        if (!storage.isEmpty()) {
            return storage;
        }
        Optional<OwnerReference> owner = claim.getMetadata().getOwnerReferences().stream()
                .filter(each -> each.getKind().equals("DataVolume"))
                .findFirst();
        return owner.map(each ->
                        "The claim (%s) belongs to the DataVolume (%s), which would fill it anew when it is made again for another volume."
                                .formatted(name, each.getName()))
                .or(() -> surroundings.pods(namespace).stream()
                        .filter(pod -> !isOver(pod) && !isOwn(pod) && uses(pod, name))
                        .findFirst()
                        .map(pod -> "The pod (%s) uses the claim (%s) too."
                                .formatted(pod.getMetadata().getName(), name)))
                .orElse("");
    }

    /** Only a volume that is made for its first pod is sure to come to the node of that pod. */
    private String storage(String claim, String name) {
        if (name == null || name.isEmpty()) {
            return "The claim (%s) has no storage class that could make a volume on another node.".formatted(claim);
        }
        Optional<StorageClass> found = surroundings.storageClass(name);
        if (found.isEmpty()) {
            return "The storage class (%s) of the claim (%s) is gone.".formatted(name, claim);
        }
        return "WaitForFirstConsumer".equals(found.get().getVolumeBindingMode())
                ? ""
                : "The storage class (%s) makes volumes before a pod has a node, so they may be on any node; it would have to say volumeBindingMode WaitForFirstConsumer."
                        .formatted(name);
    }

    private static boolean isOver(Pod pod) {
        return pod.getStatus() != null
                && ("Succeeded".equals(pod.getStatus().getPhase())
                        || "Failed".equals(pod.getStatus().getPhase()));
    }

    private boolean isOwn(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && machine.equals(pod.getMetadata().getLabels().get(MACHINE_LABEL));
    }

    private static boolean uses(Pod pod, String claim) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && claim.equals(volume.getPersistentVolumeClaim().getClaimName()));
    }
}

package dev.drover.service.disk;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is made anew of a claim: under its own name, bound to another volume; or for the volume that its data is copied to. Pure. */
final class ClaimRecord {
    private static final String STORAGE = "storage";
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    /** Set by the control plane for the volume that it is bound to now. */
    private static final List<String> OF_BINDING =
            List.of("pv.kubernetes.io/", "volume.kubernetes.io/", "volume.beta.kubernetes.io/storage-provisioner");

    private ClaimRecord() {}

    static boolean isBlock(PersistentVolumeClaim claim) {
        return "Block".equals(claim.getSpec().getVolumeMode());
    }

    /** A claim like this one, bound to nothing, as text. */
    static String write(PersistentVolumeClaim claim) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations() == null
                ? new HashMap<>()
                : new HashMap<>(claim.getMetadata().getAnnotations());
        annotations.keySet().removeIf(key -> OF_BINDING.stream().anyMatch(key::startsWith));
        return JSON.asJson(new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withLabels(claim.getMetadata().getLabels())
                .withAnnotations(annotations)
                .withOwnerReferences(claim.getMetadata().getOwnerReferences().stream()
                        .map(ClaimRecord::unguarded)
                        .toList())
                .endMetadata()
                .withNewSpecLike(claim.getSpec())
                .withVolumeName(null)
                .endSpec()
                .build());
    }

    /** To guard the owner's deletion takes rights on the owner. */
    private static OwnerReference unguarded(OwnerReference owner) {
        return new OwnerReferenceBuilder(owner).withBlockOwnerDeletion(null).build();
    }

    /** What was written, to be bound to that volume. */
    static PersistentVolumeClaim read(String written, String volume) {
        return new PersistentVolumeClaimBuilder(JSON.unmarshal(written, PersistentVolumeClaim.class))
                .editSpec()
                .withVolumeName(volume)
                .endSpec()
                .build();
    }

    /** A claim under another name for a volume that holds as much. */
    static PersistentVolumeClaim copy(PersistentVolumeClaim claim, PersistentVolume source, DiskTask task, int disk) {
        Quantity asked = claim.getSpec().getResources().getRequests().get(STORAGE);
        Quantity held = source.getSpec().getCapacity().get(STORAGE);
        Quantity size = held.compareTo(asked) > 0 ? held : asked;
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(task.namespace())
                .withName(task.claimFor(disk))
                .withLabels(Map.of(CopyPods.LABEL, task.name()))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(claim.getSpec().getAccessModes())
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withNewResources()
                .withRequests(Map.of(STORAGE, size))
                .endResources()
                .endSpec()
                .build();
    }
}

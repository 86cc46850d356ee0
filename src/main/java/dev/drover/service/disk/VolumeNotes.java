package dev.drover.service.disk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.Map;

/**
 * What stands on a volume while its claim is made anew: how it was to be reclaimed before, and how the claim looked. It is there that an
 * operator which was restarted finds it, when the claim itself is gone. Pure.
 */
final class VolumeNotes {
    /** Annotation: the reclaim policy that the volume had. */
    static final String RECLAIM = "drover.dev/reclaim-policy";

    /** Annotation: the claim without its volume. */
    static final String CLAIM = "drover.dev/claim";

    static final String RETAIN = "Retain";

    private VolumeNotes() {}

    static String read(PersistentVolume volume, String key) {
        Map<String, String> annotations = volume.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    /** Nothing deletes its data, whatever happens to claims. */
    static boolean isSafe(PersistentVolume volume) {
        return RETAIN.equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
                && !read(volume, CLAIM).isEmpty();
    }

    /** How it is to be reclaimed in the end. */
    static String reclaimPolicy(PersistentVolume volume) {
        String noted = read(volume, RECLAIM);
        return noted.isEmpty() ? volume.getSpec().getPersistentVolumeReclaimPolicy() : noted;
    }

    /** Guarded: it is for the volume as it was read. */
    private static ObjectNode patch(PersistentVolume volume) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", volume.getMetadata().getUid())
                .put("resourceVersion", volume.getMetadata().getResourceVersion());
        patch.putObject("spec");
        return patch;
    }

    /** @param claim as it is written on it */
    static Act makeSafe(PersistentVolume volume, String claim) {
        ObjectNode patch = patch(volume);
        ((ObjectNode) patch.get("metadata"))
                .putObject("annotations")
                .put(RECLAIM, reclaimPolicy(volume))
                .put(CLAIM, claim);
        ((ObjectNode) patch.get("spec")).put("persistentVolumeReclaimPolicy", RETAIN);
        return new Act.Change(volume, patch);
    }

    /** For the claim of that name, whichever it is, and for no other. */
    static Act reserve(PersistentVolume volume, String namespace, String claim) {
        ObjectNode patch = patch(volume);
        ((ObjectNode) patch.get("spec"))
                .putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", namespace)
                .put("name", claim)
                .putNull("uid")
                .putNull("resourceVersion");
        return new Act.Change(volume, patch);
    }

    /**
     * It is as it was before.
     *
     * @param of the claim that it was for, and that is gone; empty to leave it
     */
    static Act letGo(PersistentVolume volume, String of) {
        ObjectNode patch = patch(volume);
        ((ObjectNode) patch.get("metadata"))
                .putObject("annotations")
                .putNull(RECLAIM)
                .putNull(CLAIM);
        ObjectNode spec = (ObjectNode) patch.get("spec");
        spec.put("persistentVolumeReclaimPolicy", reclaimPolicy(volume));
        if (!of.isEmpty()) {
            // Kubernetes reclaims what was bound to a claim that is gone, and keeps what waits for one to come.
            spec.putObject("claimRef")
                    .put("name", of)
                    .put("uid", volume.getMetadata().getUid());
        }
        return new Act.Change(volume, patch);
    }

    /** Whether it waits for that claim, whichever it is. */
    static boolean isReservedFor(PersistentVolume volume, String namespace, String claim) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference != null
                && claim.equals(reference.getName())
                && namespace.equals(reference.getNamespace())
                && (reference.getUid() == null || reference.getUid().isEmpty());
    }

    /** Whether it waits for a claim that has not come. */
    static boolean isReserved(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference != null
                && (reference.getUid() == null || reference.getUid().isEmpty());
    }
}

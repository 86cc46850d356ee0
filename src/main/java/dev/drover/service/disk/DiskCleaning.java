package dev.drover.service.disk;

import dev.drover.service.disk.DiskScene.Seen;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what a relocation leaves: the pods and the key of the copy, and the volumes that the claims are not bound to, as their reclaim
 * policies say. Pure.
 */
final class DiskCleaning {
    private final DiskTask task;
    private final DiskScene scene;
    private final List<Act> acts = new ArrayList<>();
    private String waits = "";

    DiskCleaning(DiskTask task, DiskScene scene) {
        this.task = task;
        this.scene = scene;
    }

    Pass next() {
        boolean source = task.aim() == DiskAim.CLEAN_SOURCE;
        for (Seen seen : scene.disks()) {
            PersistentVolume kept = source ? seen.target() : seen.source();
            if (kept == null || !seen.boundTo(kept)) {
                return Pass.failed("The claim (%s) is not bound to the volume (%s), so nothing is deleted."
                        .formatted(
                                seen.disk().claim(),
                                source ? seen.disk().target() : seen.disk().source()));
            }
        }
        ends(scene.sender());
        ends(scene.receiver());
        for (Seen seen : scene.disks()) {
            drop(seen, source ? seen.source() : seen.target());
            keep(source ? seen.target() : seen.source());
        }
        if (waits.isEmpty() && acts.isEmpty()) {
            return Pass.of(new DiskProgress.Done(task.disks()));
        }
        acts.add(new Act.DeleteIdentity(task.name()));
        return new Pass(acts, DiskProgress.Underway.waiting(waits));
    }

    private void ends(@Nullable Pod pod) {
        if (pod != null) {
            waits = "The pod (%s) is ending.".formatted(pod.getMetadata().getName());
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                acts.add(new Act.DeletePod(pod));
            }
        }
    }

    /** It gets its own reclaim policy back; then what it was for goes. */
    private void drop(Seen seen, @Nullable PersistentVolume dropped) {
        if (dropped != null) {
            boolean waitsForClaim = VolumeNotes.isReserved(dropped);
            if (waitsForClaim || isNoted(dropped)) {
                acts.add(VolumeNotes.letGo(dropped, waitsForClaim ? task.claimFor(seen.number()) : ""));
            }
            if (!VolumeNotes.RETAIN.equals(VolumeNotes.reclaimPolicy(dropped))) {
                waits = "The volume (%s) is being deleted by its driver."
                        .formatted(dropped.getMetadata().getName());
            }
        }
        if (seen.copy() != null) {
            waits = "The claim (%s) is being deleted."
                    .formatted(seen.copy().getMetadata().getName());
            if (seen.copy().getMetadata().getDeletionTimestamp() == null) {
                acts.add(new Act.DeleteClaim(seen.copy()));
            }
        }
    }

    private void keep(PersistentVolume kept) {
        if (isNoted(kept)) {
            acts.add(VolumeNotes.letGo(kept, ""));
        }
    }

    private static boolean isNoted(PersistentVolume volume) {
        return !VolumeNotes.read(volume, VolumeNotes.RECLAIM).isEmpty()
                || !VolumeNotes.read(volume, VolumeNotes.CLAIM).isEmpty();
    }
}

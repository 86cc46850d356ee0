package dev.drover.service.disk;

import dev.drover.service.disk.DiskScene.Seen;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds the claim of one disk to another volume, under its own name. A claim cannot be bound anew, so it is deleted and made again; before
 * that both volumes are made safe from being reclaimed and hold a record of it, and the one that it is to be bound to is reserved for its
 * name, so that it is bound to that volume whoever makes it first. Pure.
 */
final class DiskBinding {
    private final DiskTask task;
    private final Seen seen;
    private final boolean toTarget;

    DiskBinding(DiskTask task, Seen seen, boolean toTarget) {
        this.task = task;
        this.seen = seen;
        this.toTarget = toTarget;
    }

    Pass next() {
        PersistentVolume wanted = toTarget ? seen.target() : seen.source();
        PersistentVolumeClaim claim = seen.claim();
        if (wanted == null) {
            return Pass.failed("The volume (%s) is gone."
                    .formatted(toTarget ? seen.disk().target() : seen.disk().source()));
        }
        if (seen.boundTo(wanted)) {
            return claim != null
                            && claim.getStatus() != null
                            && "Bound".equals(claim.getStatus().getPhase())
                    ? Pass.of(new DiskProgress.Done(task.disks()))
                    : Pass.waiting(binding(wanted));
        }
        String other = boundToAnother();
        if (!other.isEmpty()) {
            return Pass.failed(
                    "The claim (%s) was bound to the volume (%s) by somebody else. Delete it if that volume holds nothing."
                            .formatted(seen.disk().claim(), other));
        }
        List<Act> safety = safety();
        return safety.isEmpty() ? reserved(wanted) : new Pass(safety, DiskProgress.Underway.waiting(binding(wanted)));
    }

    private String binding(PersistentVolume wanted) {
        return "The claim (%s) is being bound to the volume (%s)."
                .formatted(seen.disk().claim(), wanted.getMetadata().getName());
    }

    private String boundToAnother() {
        String volume = seen.claim() == null ? null : seen.claim().getSpec().getVolumeName();
        return volume == null || volume.isEmpty() || seen.names(seen.source()) || seen.names(seen.target())
                ? ""
                : volume;
    }

    /** Both keep their data, whatever happens to claims. */
    private List<Act> safety() {
        List<Act> acts = new ArrayList<>();
        String record = record();
        for (PersistentVolume volume : new PersistentVolume[] {seen.source(), seen.target()}) {
            if (volume != null && !VolumeNotes.isSafe(volume)) {
                acts.add(VolumeNotes.makeSafe(volume, record));
            }
        }
        return acts;
    }

    /** As it is, or as it was when it was last there. */
    private String record() {
        return seen.claim() != null
                ? ClaimRecord.write(seen.claim())
                : Stream.of(seen.target(), seen.source())
                        .filter(Objects::nonNull)
                        .map(volume -> VolumeNotes.read(volume, VolumeNotes.CLAIM))
                        .filter(written -> !written.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    private Pass reserved(PersistentVolume wanted) {
        PersistentVolumeClaim copy = seen.copy();
        if (toTarget && copy != null) {
            return goes(copy, wanted);
        }
        if (!VolumeNotes.isReservedFor(wanted, task.namespace(), seen.disk().claim())) {
            return Pass.waiting(
                    binding(wanted),
                    VolumeNotes.reserve(wanted, task.namespace(), seen.disk().claim()));
        }
        PersistentVolumeClaim claim = seen.claim();
        if (claim != null) {
            return isUnbound(claim) ? Pass.waiting(binding(wanted)) : goes(claim, wanted);
        }
        String record = record();
        return record.isEmpty()
                ? Pass.failed(
                        "The claim (%s) is gone, and nothing tells how it looked. Make it again for the volume (%s)."
                                .formatted(
                                        seen.disk().claim(),
                                        wanted.getMetadata().getName()))
                : Pass.waiting(
                        binding(wanted),
                        new Act.Create(
                                ClaimRecord.read(record, wanted.getMetadata().getName())));
    }

    /** Somebody else has made it; Kubernetes binds it to what is reserved for it. */
    private static boolean isUnbound(PersistentVolumeClaim claim) {
        @Nullable String volume = claim.getSpec().getVolumeName();
        return volume == null || volume.isEmpty();
    }

    private Pass goes(PersistentVolumeClaim claim, PersistentVolume wanted) {
        return claim.getMetadata().getDeletionTimestamp() == null
                ? Pass.waiting(binding(wanted), new Act.DeleteClaim(claim))
                : Pass.waiting("The claim (%s) goes when no pod uses it any more."
                        .formatted(claim.getMetadata().getName()));
    }
}

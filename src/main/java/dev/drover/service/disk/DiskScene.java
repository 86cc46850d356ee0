package dev.drover.service.disk;

import dev.drover.api.v1alpha1.RelocationDisk;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of the disks of one relocation, read at once.
 *
 * @param disks in the order of the task
 */
record DiskScene(List<Seen> disks, @Nullable Pod sender, @Nullable Pod receiver) {
    /**
     * One disk.
     *
     * @param number its place in the task
     * @param claim the one that the virtual machine names; null when there is none at the moment
     * @param source null when it is gone
     * @param copy the claim that the new volume was made for; null before and after
     * @param target null when it is not there
     */
    record Seen(
            int number,
            RelocationDisk disk,
            @Nullable PersistentVolumeClaim claim,
            @Nullable PersistentVolume source,
            @Nullable PersistentVolumeClaim copy,
            @Nullable PersistentVolume target) {
        /** And is to stay: a claim that is being deleted lets go of its volume. */
        boolean boundTo(@Nullable PersistentVolume volume) {
            return claim != null && claim.getMetadata().getDeletionTimestamp() == null && names(volume);
        }

        /** Whether the claim is one for that volume, also when it is being deleted. */
        boolean names(@Nullable PersistentVolume volume) {
            return claim != null
                    && volume != null
                    && volume.getMetadata().getName().equals(claim.getSpec().getVolumeName());
        }
    }
}

package dev.drover.service.disk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

/** One write. It is for the object as it was read, and for no other. */
sealed interface Act {
    /** Unless it is there. */
    record Create(HasMetadata object) implements Act {}

    /** A new key for the pods of one copy, unless there is one. */
    record CreateIdentity(String name) implements Act {}

    record DeleteIdentity(String name) implements Act {}

    record DeletePod(Pod pod) implements Act {}

    record DeleteClaim(PersistentVolumeClaim claim) implements Act {}

    record Change(PersistentVolume volume, ObjectNode patch) implements Act {}
}

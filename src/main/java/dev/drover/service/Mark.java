package dev.drover.service;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * What Drover writes on a virtual machine that it makes, to know it again. It names the virtual machine itself, because whoever clones or
 * copies one copies its annotations too: a mark on another name says nothing.
 *
 * @param serviceUid of the service that it was made for; empty when none made it
 * @param application of that service
 */
record Mark(String serviceUid, String application) {
    private static final Mark NONE = new Mark("", "");
    private static final int PARTS = 3;

    /** As it is written on the virtual machine of this name. */
    String on(String machine) {
        return String.join("/", serviceUid, application, machine);
    }

    static Mark of(HasMetadata machine) {
        Map<String, String> annotations = machine.getMetadata().getAnnotations();
        String written = annotations == null ? "" : annotations.getOrDefault(ServiceLabels.MADE_FOR, "");
        String[] parts = written.split("/", -1);
        return parts.length == PARTS && parts[2].equals(machine.getMetadata().getName())
                ? new Mark(parts[0], parts[1])
                : NONE;
    }

    boolean isOf(String uid) {
        return serviceUid.equals(uid);
    }

    boolean isNone() {
        return serviceUid.isEmpty();
    }
}

package dev.drover.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * What Drover writes on a virtual machine that it makes, to know it again. It names the virtual machine itself, because whoever clones or
 * copies one copies its annotations too: a mark on another name says nothing.
 *
 * @param serviceUid of the service that it was made for; empty when none made it
 * @param application of that service
 */
public record Mark(String serviceUid, String application) {
    /** The annotation that it is written as. */
    public static final String ANNOTATION = "drover.dev/made-for";

    private static final Mark NONE = new Mark("", "");
    private static final int PARTS = 3;

    /** As it is written on the virtual machine of this name. */
    public String on(String machine) {
        return String.join("/", serviceUid, application, machine);
    }

    public static Mark of(HasMetadata machine) {
        Map<String, String> annotations = machine.getMetadata().getAnnotations();
        String written = annotations == null ? "" : annotations.getOrDefault(ANNOTATION, "");
        String[] parts = written.split("/", -1);
        return parts.length == PARTS && parts[2].equals(machine.getMetadata().getName())
                ? new Mark(parts[0], parts[1])
                : NONE;
    }

    public boolean isOf(String uid) {
        return serviceUid.equals(uid);
    }

    public boolean isNone() {
        return serviceUid.isEmpty();
    }
}

package dev.drover.status;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The object that an event is about.
 *
 * @param namespace empty for an object of the cluster
 */
public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {
    public static Subject of(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String uid = object.getMetadata().getUid();
        return new Subject(
                object.getApiVersion(),
                object.getKind(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName(),
                uid == null ? "" : uid);
    }
}

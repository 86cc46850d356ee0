package dev.drover.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Reads and writes what the disks of a virtual machine hang on: claims, volumes, and the pods that copy them. Nothing comes from a cache,
 * and each write is for the one object that was read. Every call may throw {@link KubernetesClientException}. Safe for threads.
 */
public final class DiskObjects {
    private static final String CORE = "/api/v1/namespaces/%s/%s/%s";

    private final KubernetesClient client;

    public DiskObjects(KubernetesClient client) {
        this.client = client;
    }

    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.ofNullable(client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    public Optional<PersistentVolume> volume(String name) {
        return Optional.ofNullable(client.persistentVolumes().withName(name).get());
    }

    public Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(name).get());
    }

    /** Makes it, unless there is one of its name already, which is left as it is. */
    public void create(HasMetadata object) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException error) {
            if (!alreadyThere(error)) {
                throw error;
            }
        }
    }

    /** Code 409 also says other things, for example that a quota was changed at the same time. */
    private static boolean alreadyThere(KubernetesClientException error) {
        return error.getCode() == HttpURLConnection.HTTP_CONFLICT
                && error.getStatus() != null
                && "AlreadyExists".equals(error.getStatus().getReason());
    }

    /** Deletes that claim, and none that came after it under the same name. It goes when no pod uses it any more. */
    public void delete(PersistentVolumeClaim claim) {
        delete("persistentvolumeclaims", claim);
    }

    /** Deletes that pod, and none that came after it under the same name. */
    public void delete(Pod pod) {
        delete("pods", pod);
    }

    private void delete(String plural, HasMetadata object) {
        remove(
                CORE.formatted(
                        object.getMetadata().getNamespace(),
                        plural,
                        object.getMetadata().getName()),
                new DeleteOptionsBuilder()
                        .withPreconditions(new PreconditionsBuilder()
                                .withUid(object.getMetadata().getUid())
                                .build()));
    }

    /** Deletes what Drover has made under that name; there need not be one. */
    public void deleteSecret(String namespace, String name) {
        remove(CORE.formatted(namespace, "secrets", name), new DeleteOptionsBuilder());
    }

    private void remove(String path, DeleteOptionsBuilder options) {
        try {
            client.raw(path, "DELETE", options.build());
        } catch (KubernetesClientException error) {
            if (error.getCode() != HttpURLConnection.HTTP_NOT_FOUND
                    && error.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw error;
            }
        }
    }

    /**
     * Changes a volume as it was read.
     *
     * @param patch a merge patch
     * @throws KubernetesClientException with code 409 when it was changed since
     */
    public void change(PersistentVolume volume, JsonNode patch) {
        client.persistentVolumes()
                .withName(volume.getMetadata().getName())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                                .build(),
                        patch.toString());
    }
}

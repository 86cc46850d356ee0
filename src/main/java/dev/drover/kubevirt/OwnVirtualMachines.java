package dev.drover.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/**
 * Writes VirtualMachine objects that are Drover's own. They are given as JSON, since they hold what no class here knows of. Every call
 * may throw {@link KubernetesClientException}. Safe for threads.
 */
public final class OwnVirtualMachines {
    private static final String PATH = "/apis/kubevirt.io/v1/namespaces/%s/virtualmachines/%s";

    private final KubernetesClient client;

    public OwnVirtualMachines(KubernetesClient client) {
        this.client = client;
    }

    /** Read from the API server, not from a cache. */
    public Optional<VirtualMachine> read(String namespace, String name) {
        return Optional.ofNullable(client.resources(VirtualMachine.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** All that have this label, read from the API server. */
    public List<VirtualMachine> withLabel(String namespace, String key, String value) {
        return client.resources(VirtualMachine.class)
                .inNamespace(namespace)
                .withLabel(key, value)
                .list()
                .getItems();
    }

    /** Whether it has an instance, ending or not; read from the API server. */
    public boolean hasInstance(String namespace, String name) {
        return client.resources(VirtualMachineInstance.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                != null;
    }

    /**
     * Applies it server-side as field manager drover.
     *
     * @return its metadata.generation afterwards; 1 is a new one
     * @throws KubernetesClientException also with code 409 when another manager has set one of the fields otherwise: then nothing was
     *     changed
     */
    public long apply(JsonNode machine) {
        GenericKubernetesResource applied = client.resource(generic(machine))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                        .withForce(false)
                        .build());
        return applied.getMetadata().getGeneration();
    }

    /**
     * Has it checked by the API server and by KubeVirt, and keeps nothing of it. A field that does not exist is a mistake.
     *
     * @throws KubernetesClientException when they do not take it
     */
    public void check(JsonNode machine) {
        client.resource(generic(machine))
                .dryRun(true)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
    }

    /** Takes back all that was applied to a virtual machine, because it turned out to be somebody else's. */
    public void release(String namespace, String name) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        nothing.put("apiVersion", "kubevirt.io/v1").put("kind", "VirtualMachine");
        nothing.putObject("metadata").put("namespace", namespace).put("name", name);
        apply(nothing);
    }

    /** Tells a virtual machine to stop and stay so; nothing else of it is changed. */
    public void halt(String namespace, String name) {
        client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                                .build(),
                        "{\"spec\": {\"runStrategy\": \"Halted\"}}");
    }

    /**
     * Deletes that one virtual machine, and none that came after it under the same name.
     *
     * @param orphan whether what KubeVirt made for it stays: its disks, and also its instance
     * @return false when it was gone already
     */
    public boolean delete(String namespace, String name, String uid, boolean orphan) {
        try {
            return client.raw(
                            PATH.formatted(namespace, name),
                            "DELETE",
                            new DeleteOptionsBuilder()
                                    .withPreconditions(new PreconditionsBuilder()
                                            .withUid(uid)
                                            .build())
                                    .withPropagationPolicy(
                                            (orphan ? DeletionPropagation.ORPHAN : DeletionPropagation.BACKGROUND)
                                                    .toString())
                                    .build())
                    != null;
        } catch (KubernetesClientException error) {
            if (error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || error.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw error;
        }
    }

    private GenericKubernetesResource generic(JsonNode machine) {
        return client.getKubernetesSerialization().convertValue(machine, GenericKubernetesResource.class);
    }
}

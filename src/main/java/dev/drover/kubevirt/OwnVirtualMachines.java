package dev.drover.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.model.Node;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes VirtualMachine objects that are Drover's own. They are given as JSON, since they hold what no class here knows of. Every call
 * may throw {@link KubernetesClientException}. Safe for threads.
 */
public final class OwnVirtualMachines {
    private static final String PATH = "/apis/kubevirt.io/v1/namespaces/%s/virtualmachines/%s";

    private static final String START = "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachines/%s/start";

    private static final int UNPROCESSABLE = 422;
    /** Another uid is a conflict for the API server, or a field that cannot change. */
    private static final Set<Integer> GONE_OR_ANOTHER =
            Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE);

    private static final String OWN_CONFLICT = "conflict with \"" + KubeVirtApi.FIELD_MANAGER + "\"";

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
        return instance(namespace, name).isPresent();
    }

    /** Its instance, ending or not; read from the API server. */
    public Optional<VirtualMachineInstance> instance(String namespace, String name) {
        return Optional.ofNullable(client.resources(VirtualMachineInstance.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /**
     * Applies it server-side as field manager drover. What stands against it only because {@link #halt} has set it is set anew.
     *
     * @param machine with its uid, where one that there is is meant: the API server takes it for no other
     * @return its metadata.generation afterwards; 1 is a new one
     * @throws KubernetesClientException also with code 409 when another manager has set one of the fields otherwise: then nothing was
     *     changed
     */
    public long apply(JsonNode machine) {
        try {
            return apply(machine, false);
        } catch (KubernetesClientException error) {
            if (isOwnConflict(error)) {
                return apply(machine, true);
            }
            throw error;
        }
    }

    private long apply(JsonNode machine, boolean force) {
        GenericKubernetesResource applied = client.resource(generic(machine))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                        .withForce(force)
                        .build());
        return applied.getMetadata().getGeneration();
    }

    /** What was patched and what is applied have different managers for the API server, though both have the same name. */
    private static boolean isOwnConflict(KubernetesClientException error) {
        if (error.getCode() != HttpURLConnection.HTTP_CONFLICT
                || error.getStatus() == null
                || error.getStatus().getDetails() == null) {
            return false;
        }
        List<StatusCause> causes = error.getStatus().getDetails().getCauses();
        return !causes.isEmpty()
                && causes.stream()
                        .allMatch(cause -> String.valueOf(cause.getMessage()).startsWith(OWN_CONFLICT));
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

    /**
     * Tells that one virtual machine to stop and stay so, and none that came after it under the same name; nothing else of it is changed.
     *
     * @return false when it is not there any more
     */
    public boolean halt(String namespace, String name, String uid) {
        ObjectNode halted = JsonNodeFactory.instance.objectNode();
        halted.putObject("metadata").put("uid", uid);
        halted.putObject("spec").put("runStrategy", "Halted");
        return merge(namespace, name, halted);
    }

    /**
     * Tells that one virtual machine to run, and none that came after it under the same name; nothing else of it is changed.
     *
     * @param hostname the label of the one node that it is to run on; empty for any
     * @return false when it is not there any more
     */
    public boolean run(String namespace, String name, String uid, String hostname) {
        ObjectNode running = JsonNodeFactory.instance.objectNode();
        running.putObject("metadata").put("uid", uid);
        ObjectNode spec = running.putObject("spec").put("runStrategy", "RerunOnFailure");
        ObjectNode selector = spec.putObject("template").putObject("spec").putObject("nodeSelector");
        if (hostname.isEmpty()) {
            selector.putNull(Node.HOSTNAME_LABEL);
        } else {
            selector.put(Node.HOSTNAME_LABEL, hostname);
        }
        return merge(namespace, name, running);
    }

    private boolean merge(String namespace, String name, ObjectNode patch) {
        try {
            client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                                    .build(),
                            patch.toString());
            return true;
        } catch (KubernetesClientException error) {
            if (GONE_OR_ANOTHER.contains(error.getCode())) {
                return false;
            }
            throw error;
        }
    }

    /**
     * Starts a virtual machine of which nothing runs. KubeVirt refuses it for one that does.
     *
     * @return false when it runs, is being started, or is not there any more
     */
    public boolean start(String namespace, String name) {
        try {
            client.raw(START.formatted(namespace, name), "PUT", Map.of());
            return true;
        } catch (KubernetesClientException error) {
            if (error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || error.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw error;
        }
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

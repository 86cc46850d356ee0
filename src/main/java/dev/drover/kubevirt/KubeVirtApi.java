package dev.drover.kubevirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Live reads and narrow writes. Reads go to the API server and are consistent, not from a cache; every call may throw {@link
 * KubernetesClientException}. Safe for threads.
 */
public final class KubeVirtApi implements LiveMoves {

    /** The field manager of everything that Drover writes. */
    public static final String FIELD_MANAGER = "drover";

    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();

    public KubeVirtApi(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public VirtualMachineInstanceMigration createMigration(MigrationOrder order) {
        Map<String, String> labels = new HashMap<>(order.labels());
        labels.put(VirtualMachineInstanceMigration.MANAGED_BY_LABEL, VirtualMachineInstanceMigration.DROVER);
        VirtualMachineInstanceMigration migration = new VirtualMachineInstanceMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withNamespace(order.namespace())
                .withName(order.name())
                .withLabels(labels)
                .withAnnotations(order.annotations())
                .build());
        migration.setSpec(new VirtualMachineInstanceMigration.Spec(
                order.instance(), Map.of(HOSTNAME_LABEL, order.targetHostname())));
        return client.resource(migration)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
    }

    @Override
    public boolean deleteMigration(String namespace, String name, String uid) {
        String path = "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachineinstancemigrations/" + name;
        return delete(
                path, new DeleteOptionsBuilder().withPreconditions(only(uid)).build());
    }

    /**
     * Whether a migration can name its target: the schema that the API server serves must have the field, else it would be dropped.
     *
     * @throws KubernetesClientException also when the definition must not be read
     */
    public boolean choosesTarget() {
        String definition = client.raw("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                + "virtualmachineinstancemigrations.kubevirt.io");
        if (definition == null) {
            return false;
        }
        try {
            for (JsonNode version : json.readTree(definition).path("spec").path("versions")) {
                if (version.path("name").asText().equals("v1")) {
                    return !version.at("/schema/openAPIV3Schema/properties/spec/properties/addedNodeSelector")
                            .isMissingNode();
                }
            }
            return false;
        } catch (JsonProcessingException malformed) {
            throw new KubernetesClientException(
                    "The definition of VirtualMachineInstanceMigration cannot be read.", malformed);
        }
    }

    @Override
    public List<VirtualMachineInstanceMigration> migrationsOf(String namespace, String instance) {
        return client.resources(VirtualMachineInstanceMigration.class)
                .inNamespace(namespace)
                .withLabel(VirtualMachineInstanceMigration.INSTANCE_LABEL, instance)
                .list()
                .getItems();
    }

    @Override
    public Optional<VirtualMachineInstance> instance(String namespace, String name) {
        return Optional.ofNullable(client.resources(VirtualMachineInstance.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public Optional<SlimNode> node(String name) {
        return Optional.ofNullable(
                client.resources(SlimNode.class).withName(name).get());
    }

    public Optional<SlimPod> pod(String namespace, String name) {
        return Optional.ofNullable(client.resources(SlimPod.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public Optional<SlimPod> targetPod(String namespace, String migrationUid) {
        return client
                .resources(SlimPod.class)
                .inNamespace(namespace)
                .withLabel(SlimPod.MIGRATION_LABEL, migrationUid)
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    /** The launcher pods that carry this scheduling gate, in all namespaces. */
    public List<SlimPod> gatedPods(String gate) {
        return client
                .resources(SlimPod.class)
                .inAnyNamespace()
                .withLabel("kubevirt.io", "virt-launcher")
                .withField("status.phase", "Pending")
                .list()
                .getItems()
                .stream()
                .filter(pod -> indexOfGate(pod, gate).isPresent())
                .toList();
    }

    @Override
    public boolean deletePod(PodAddress pod, long graceSeconds) {
        String path = "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
        return delete(
                path,
                new DeleteOptionsBuilder()
                        .withPreconditions(only(pod.uid()))
                        .withGracePeriodSeconds(graceSeconds)
                        .build());
    }

    /**
     * Removes one scheduling gate, leaves the others, and sets annotations in the same write.
     *
     * @return whether the gate was there
     */
    public boolean removeGate(PodAddress pod, String gate, Map<String, String> annotations) {
        Optional<SlimPod> found = pod(pod.namespace(), pod.name());
        if (found.isEmpty() || !pod.uid().equals(found.get().getMetadata().getUid())) {
            return false;
        }
        Optional<Integer> index = indexOfGate(found.get(), gate);
        if (index.isEmpty()) {
            return false;
        }
        String path = "/spec/schedulingGates/" + index.get();
        List<Map<String, Object>> operations =
                new ArrayList<>(List.of(test("/metadata/uid", pod.uid()), test(path + "/name", gate), remove(path)));
        if (!annotations.isEmpty()) {
            Map<String, String> all = new HashMap<>(annotations);
            Map<String, String> present = found.get().getMetadata().getAnnotations();
            if (present == null || present.isEmpty()) {
                operations.add(operation("add", "/metadata/annotations", all));
            } else {
                annotations.forEach((key, value) -> operations.add(operation(
                        "add", "/metadata/annotations/" + key.replace("~", "~0").replace("/", "~1"), value)));
            }
        }
        patch(pod, "", operations);
        return true;
    }

    /** Names the node that the scheduler is to try first. */
    public void nominate(PodAddress pod, String node) {
        patch(
                pod,
                "status",
                List.of(test("/metadata/uid", pod.uid()), operation("add", "/status/nominatedNodeName", node)));
    }

    /** Replaces the required node affinity of a gated pod. Kubernetes accepts only one that is narrower than before. */
    public void narrowNodes(PodAddress pod, NodeSelector required, boolean hasAffinity, boolean hasNodeAffinity) {
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(test("/metadata/uid", pod.uid()));
        if (!hasAffinity) {
            operations.add(operation("add", "/spec/affinity", Map.of()));
        }
        if (!hasNodeAffinity) {
            operations.add(operation("add", "/spec/affinity/nodeAffinity", Map.of()));
        }
        operations.add(operation(
                "add", "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution", required));
        patch(pod, "", operations);
    }

    /** Whether an error says that the object changed or went away since it was read: read again, then decide again. */
    public static boolean outdated(KubernetesClientException error) {
        return error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                || error.getCode() == HttpURLConnection.HTTP_CONFLICT
                || error.getCode() == UNPROCESSABLE;
    }

    /** What the API server or a webhook said, without the client's account of the whole exchange. */
    public static String said(KubernetesClientException error) {
        return error.getStatus() == null || error.getStatus().getMessage() == null
                ? String.valueOf(error.getMessage())
                : error.getStatus().getMessage();
    }

    private boolean delete(String path, DeleteOptions options) {
        try {
            return client.raw(path, "DELETE", options) != null;
        } catch (KubernetesClientException error) {
            if (error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || error.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw error;
        }
    }

    private static Preconditions only(String uid) {
        return new PreconditionsBuilder().withUid(uid).build();
    }

    private void patch(PodAddress pod, String subresource, List<Map<String, Object>> operations) {
        try {
            var target =
                    client.resources(SlimPod.class).inNamespace(pod.namespace()).withName(pod.name());
            PatchContext context = new PatchContext.Builder()
                    .withPatchType(PatchType.JSON)
                    .withFieldManager(FIELD_MANAGER)
                    .build();
            String body = json.writeValueAsString(operations);
            if (subresource.isEmpty()) {
                target.patch(context, body);
            } else {
                target.subresource(subresource).patch(context, body);
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "The patch of the pod (" + pod + ") cannot be written as JSON.", impossible);
        }
    }

    private static Optional<Integer> indexOfGate(SlimPod pod, String gate) {
        List<SlimPod.SchedulingGate> gates = pod.getSpec().schedulingGates();
        return IntStream.range(0, gates.size())
                .boxed()
                .filter(index -> gates.get(index).name().equals(gate))
                .findFirst();
    }

    private static Map<String, Object> test(String path, Object value) {
        return operation("test", path, value);
    }

    private static Map<String, Object> remove(String path) {
        return Map.of("op", "remove", "path", path);
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }
}

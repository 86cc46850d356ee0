package dev.drover.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands around one virtual machine: its volumes with their claims, the budgets of its namespace, a node. Read from the API server
 * when it is asked for, since it is asked for seldom. Every call may throw {@link KubernetesClientException}. Safe for threads.
 */
public final class Surroundings {
    private static final String KUBEVIRT = "kubevirt.io/v1";

    private final KubernetesClient client;

    public Surroundings(KubernetesClient client) {
        this.client = client;
    }

    /** The volumes that its next instance will have, as KubeVirt writes them; empty when it is gone. */
    public List<JsonNode> volumesOfMachine(String namespace, String name) {
        return volumes("VirtualMachine", namespace, name, "/spec/template/spec/volumes");
    }

    /** The volumes that its present instance has; empty without one. */
    public List<JsonNode> volumesOfInstance(String namespace, String name) {
        return volumes("VirtualMachineInstance", namespace, name, "/spec/volumes");
    }

    private List<JsonNode> volumes(String kind, String namespace, String name, String path) {
        GenericKubernetesResource found = client.genericKubernetesResources(KUBEVIRT, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
        List<JsonNode> volumes = new ArrayList<>();
        if (found != null) {
            client.getKubernetesSerialization()
                    .convertValue(found, JsonNode.class)
                    .at(path)
                    .forEach(volumes::add);
        }
        return volumes;
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

    public Optional<StorageClass> storageClass(String name) {
        return Optional.ofNullable(
                client.storage().v1().storageClasses().withName(name).get());
    }

    /** All pods of a namespace. */
    public List<Pod> pods(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    public List<PodDisruptionBudget> budgets(String namespace) {
        return client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** Of all nodes; none where their kinds are not served, or not granted. */
    public List<Remediation> remediations() {
        List<Remediation> found = new ArrayList<>(list(SelfNodeRemediation.class));
        found.addAll(list(FenceAgentsRemediation.class));
        return found;
    }

    private <T extends Remediation> List<T> list(Class<T> kind) {
        try {
            return client.resources(kind).inAnyNamespace().list().getItems();
        } catch (KubernetesClientException error) {
            if (error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || error.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw error;
        }
    }

    public Optional<SlimNode> node(String name) {
        return Optional.ofNullable(
                client.resources(SlimNode.class).withName(name).get());
    }
}

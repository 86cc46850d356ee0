package dev.drover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Resources;
import dev.drover.model.VmId;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads metrics.k8s.io into {@link Measurements}. Every value is doubted: what is no quantity or is negative is dropped, what is
 * more than the node has is cut to that, and both are faults of their virtual machine. Used by one thread.
 */
final class MetricsPoll {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/metrics.k8s.io/v1beta1";
    private static final String PODS = GROUP + "/pods?labelSelector=kubevirt.io%3Dvirt-launcher";
    private static final String NODES = GROUP + "/nodes";

    private final KubernetesClient client;
    private final Caches caches;
    private final Measurements measurements;

    MetricsPoll(KubernetesClient client, Caches caches, Measurements measurements) {
        this.client = client;
        this.caches = caches;
        this.measurements = measurements;
    }

    void read(Instant now) {
        try {
            JsonNode pods = items(PODS);
            JsonNode nodes = items(NODES);
            Map<VmId, Fault> faults = new HashMap<>();
            Set<String> instances = readPods(pods, now, faults);
            measurements.answered(instances, readNodes(nodes, launchers(pods), now), faults);
        } catch (KubernetesClientException | JsonProcessingException failed) {
            measurements.failed(
                    "metrics.k8s.io does not answer (%s). Install a metrics server, or see whether Drover may read it."
                            .formatted(failed.getMessage()));
        }
    }

    private JsonNode items(String path) throws JsonProcessingException {
        String body = client.raw(path, "GET", null);
        return JSON.readTree(body == null ? "{}" : body).path("items");
    }

    /** What all virt-launcher pods use of each node, those of migrations included. */
    private Map<String, Resources> launchers(JsonNode items) {
        Map<String, Resources> used = new HashMap<>();
        for (JsonNode item : items) {
            SlimPod pod = caches.pods.get(key(item));
            String node = pod == null ? null : pod.getSpec().nodeName();
            if (node != null) {
                try {
                    used.merge(node, cut(podUsage(item), node), Resources::plus);
                } catch (IllegalArgumentException malformed) {
                    // A fault of its virtual machine, reported there.
                }
            }
        }
        return used;
    }

    private static String key(JsonNode item) {
        JsonNode metadata = item.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private Set<String> readPods(JsonNode items, Instant now, Map<VmId, Fault> faults) {
        Map<String, VirtualMachineInstance> byUid = new HashMap<>();
        caches.instances
                .all()
                .forEach(instance -> byUid.put(instance.getMetadata().getUid(), instance));
        Set<String> seen = new HashSet<>(byUid.keySet());
        for (JsonNode item : items) {
            SlimPod pod = caches.pods.get(key(item));
            VirtualMachineInstance instance = pod == null || pod.finished()
                    ? null
                    : byUid.get(pod.instanceUid().orElse(""));
            if (pod != null && instance != null && runs(pod, instance)) {
                readPod(item, pod, instance, now).ifPresent(fault -> faults.put(id(instance), fault));
            }
        }
        return seen;
    }

    /** The target of a migration in flight is not the guest yet. */
    private static boolean runs(SlimPod pod, VirtualMachineInstance instance) {
        String node = instance.getStatus().nodeName();
        return node != null && node.equals(pod.getSpec().nodeName());
    }

    private Optional<Fault> readPod(JsonNode item, SlimPod pod, VirtualMachineInstance instance, Instant now) {
        try {
            if (item.path("containers").isEmpty()) {
                throw new IllegalArgumentException(
                        "The pod (" + pod.getMetadata().getName() + ") is reported without containers.");
            }
            Resources usage = podUsage(item);
            Resources cut = cut(usage, pod.getSpec().nodeName());
            measurements.add(
                    instance.getMetadata().getUid(), item.path("timestamp").asText(""), now, cut);
            return cut.equals(usage)
                    ? Optional.empty()
                    : Optional.of(fault(
                            instance,
                            "The measured load (%s) is more than the node (%s) has. It counts as all that the node has; see what metrics.k8s.io reports."
                                    .formatted(usage, pod.getSpec().nodeName())));
        } catch (IllegalArgumentException malformed) {
            return Optional.of(fault(instance, "A measurement is dropped: " + malformed.getMessage()));
        }
    }

    private static Resources podUsage(JsonNode item) {
        Resources sum = Resources.NONE;
        for (JsonNode container : item.path("containers")) {
            sum = sum.plus(usage(container.path("usage")));
        }
        return sum;
    }

    private Set<String> readNodes(JsonNode items, Map<String, Resources> launchers, Instant now) {
        Set<String> seen = new HashSet<>();
        for (JsonNode item : items) {
            String name = item.path("metadata").path("name").asText();
            try {
                Resources whole = cut(usage(item.path("usage")), name);
                measurements.addNode(name, now, whole, launchers.getOrDefault(name, Resources.NONE));
                seen.add(name);
            } catch (IllegalArgumentException malformed) {
                // The sum of its virtual machines stands in for a node that reports nonsense.
            }
        }
        return seen;
    }

    private static Resources usage(JsonNode usage) {
        return Resources.of(
                Amounts.read(Resources.CPU, usage.path(Resources.CPU).asText("")),
                Amounts.read(Resources.MEMORY, usage.path(Resources.MEMORY).asText("")));
    }

    private Resources cut(Resources usage, String nodeName) {
        SlimNode node = caches.nodes.get(nodeName);
        if (node == null) {
            return usage;
        }
        Map<String, String> written = node.getStatus().capacity().isEmpty()
                ? node.getStatus().allocatable()
                : node.getStatus().capacity();
        Resources most = Amounts.read(written);
        return Resources.of(
                Math.min(usage.cpuMillis(), most.cpuMillis()), Math.min(usage.memoryBytes(), most.memoryBytes()));
    }

    private static VmId id(VirtualMachineInstance instance) {
        return new VmId(
                instance.getMetadata().getNamespace(), instance.getMetadata().getName());
    }

    private static Fault fault(VirtualMachineInstance instance, String message) {
        return new Fault(
                "VirtualMachine",
                instance.getMetadata().getNamespace(),
                instance.getMetadata().getName(),
                message);
    }
}

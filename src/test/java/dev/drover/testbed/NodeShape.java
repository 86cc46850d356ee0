package dev.drover.testbed;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node of the testbed looks like. Start from {@link #plain} and change what matters:
 * {@code NodeShape.plain("node-1").cpu(16).memory("64Gi").zone("a")}.
 *
 * @param name the node's name, and its hostname label unless {@code labels} says otherwise
 * @param resources capacity, all of it allocatable, as Kubernetes quantities by resource name
 * @param labels all labels, with those that KubeVirt's node labeller would set
 * @param taints taints from the start
 */
public record NodeShape(String name, Map<String, String> resources, Map<String, String> labels, List<Taint> taints) {

    private static final String KUBEVIRT_NODE = ".node.kubevirt.io/";

    public NodeShape {
        resources = Map.copyOf(resources);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    /** 16 CPUs, 64 GiB, 250 pods, a Skylake with the machine type q35, no zone, no taint. */
    public static NodeShape plain(String name) {
        Map<String, String> resources = Map.of(
                "cpu", "16",
                "memory", "64Gi",
                "pods", "250",
                "ephemeral-storage", "500Gi",
                "devices.kubevirt.io/kvm", "1k",
                "devices.kubevirt.io/tun", "1k",
                "devices.kubevirt.io/vhost-net", "1k");
        Map<String, String> labels = Map.of(
                Nodes.ALIVE_LABEL,
                "true",
                "kubernetes.io/hostname",
                name,
                "kubernetes.io/arch",
                "amd64",
                "kubernetes.io/os",
                "linux",
                "kubevirt.io/schedulable",
                "true",
                "cpu-vendor" + KUBEVIRT_NODE + "Intel",
                "true");
        return new NodeShape(name, resources, labels, List.of())
                .cpuModel("Skylake")
                .machineType("q35")
                .machineType("pc-q35-rhel9.6.0");
    }

    public NodeShape cpu(int cores) {
        return resource("cpu", Integer.toString(cores));
    }

    public NodeShape memory(String quantity) {
        return resource("memory", quantity);
    }

    public NodeShape pods(int count) {
        return resource("pods", Integer.toString(count));
    }

    /** Sets one resource, for example a device or hugepages; the quantity in Kubernetes' notation. */
    public NodeShape resource(String resource, String quantity) {
        return new NodeShape(name, with(resources, resource, quantity), labels, taints);
    }

    public NodeShape label(String key, String value) {
        return new NodeShape(name, resources, with(labels, key, value), taints);
    }

    public NodeShape withoutLabel(String key) {
        Map<String, String> fewer = new LinkedHashMap<>(labels);
        fewer.remove(key);
        return new NodeShape(name, resources, fewer, taints);
    }

    public NodeShape zone(String zone) {
        return label("topology.kubernetes.io/zone", zone);
    }

    public NodeShape rack(String rack) {
        return label("topology.kubernetes.io/rack", rack);
    }

    /** Replaces the CPU model: what guests with host-model get, and what they may migrate to. */
    public NodeShape cpuModel(String model) {
        Map<String, String> changed = new LinkedHashMap<>(labels);
        changed.keySet().removeIf(key -> key.startsWith("host-model-cpu.") || key.startsWith("cpu-model"));
        for (String prefix : List.of("host-model-cpu", "cpu-model", "cpu-model-migration")) {
            changed.put(prefix + KUBEVIRT_NODE + model, "true");
        }
        return new NodeShape(name, resources, changed, taints);
    }

    /** Adds a machine type. */
    public NodeShape machineType(String machineType) {
        return label("machine-type" + KUBEVIRT_NODE + machineType, "true");
    }

    public NodeShape taint(String key, String value, String effect) {
        List<Taint> more = new ArrayList<>(taints);
        more.add(new Taint(effect, key, null, value));
        return new NodeShape(name, resources, labels, more);
    }

    Node toNode() {
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        resources.forEach((resource, quantity) -> capacity.put(resource, Quantity.parse(quantity)));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .endMetadata()
                .withNewSpec()
                .withTaints(taints)
                .endSpec()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .endStatus()
                .build();
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}

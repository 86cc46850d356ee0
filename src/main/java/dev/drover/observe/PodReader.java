package dev.drover.observe;

import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.SlimPod.Container;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import java.util.HashMap;
import java.util.Map;

/** Reads pods. */
public final class PodReader {

    /** The scheduling gate that holds a launcher pod until its node is decided. */
    static final String GATE = "drover.dev/placement";

    private PodReader() {}

    static Pod read(SlimPod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        Map<String, String> known = labels == null ? Map.of() : labels;
        SlimPod.Spec spec = pod.getSpec();
        String node = spec.nodeName();
        return new Pod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                known,
                node == null || node.isEmpty() ? null : node,
                pod.instanceUid().orElse(null),
                requests(spec),
                SchedulingReader.read(spec, pod.getMetadata().getNamespace(), known),
                pod.getMetadata().getDeletionTimestamp() != null,
                spec.schedulingGates().stream().anyMatch(gate -> gate.name().equals(GATE)));
    }

    /**
     * What the scheduler counts: the containers and sidecars together, or the largest init container with the sidecars started
     * before it where that is more; what the pod itself states instead; the overhead; and one pod.
     */
    public static Resources requests(SlimPod.Spec spec) {
        Map<String, Long> sum = new HashMap<>();
        spec.containers().forEach(container -> add(sum, needs(container)));
        Map<String, Long> peak = new HashMap<>();
        Map<String, Long> sidecars = new HashMap<>();
        for (Container container : spec.initContainers()) {
            Map<String, Long> running = new HashMap<>(sidecars);
            add(running, needs(container));
            raise(peak, running);
            if (container.sidecar()) {
                sidecars = running;
            }
        }
        add(sum, sidecars);
        raise(sum, peak);
        spec.resources().requests().forEach((name, value) -> sum.put(name, Amounts.read(name, value)));
        spec.overhead().forEach((name, value) -> sum.merge(name, Amounts.read(name, value), Long::sum));
        sum.put(Resources.PODS, 1L);
        return Resources.of(sum);
    }

    private static Map<String, Long> needs(Container container) {
        Map<String, Long> amounts = new HashMap<>();
        container.resources().requests().forEach((name, value) -> amounts.put(name, Amounts.read(name, value)));
        return amounts;
    }

    private static void add(Map<String, Long> sum, Map<String, Long> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
    }

    private static void raise(Map<String, Long> least, Map<String, Long> other) {
        other.forEach((name, amount) -> least.merge(name, amount, Math::max));
    }
}

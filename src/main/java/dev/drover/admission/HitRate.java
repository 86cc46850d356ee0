package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.model.Cluster;
import dev.drover.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Remembers which node was chosen for which pod and counts where the pod ends up. Safe for threads. */
final class HitRate {
    /** A pod that is not bound by then never was, or nobody saw it. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final AdmissionMetrics metrics;
    private final Map<String, Choice> open = new ConcurrentHashMap<>();

    HitRate(AdmissionMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param before uids of the instance's pods that were bound already: they are not the one that the choice was made for */
    private record Choice(AdmissionMode mode, String node, Set<String> before, Instant expires) {}

    /** A choice in place of an earlier one for the same instance. */
    void chosen(Cluster cluster, String instanceUid, AdmissionMode mode, String node, Instant now) {
        Set<String> before =
                boundPods(cluster, instanceUid).stream().map(Pod::uid).collect(Collectors.toSet());
        open.put(instanceUid, new Choice(mode, node, before, now.plus(FORGOTTEN_AFTER)));
    }

    /** Counts the pods that are bound by now; forgets those that were not bound in time. */
    void settle(Cluster cluster, Instant now) {
        if (open.isEmpty()) {
            return;
        }
        for (Pod pod : cluster.pods()) {
            Choice choice = pod.instanceUid() == null ? null : open.get(pod.instanceUid());
            if (choice != null && pod.node() != null && !choice.before().contains(pod.uid())) {
                metrics.bound(choice.mode(), choice.node().equals(pod.node()));
                open.remove(pod.instanceUid(), choice);
            }
        }
        open.values().removeIf(choice -> choice.expires().isBefore(now));
    }

    private static List<Pod> boundPods(Cluster cluster, String instanceUid) {
        return cluster.pods().stream()
                .filter(pod -> pod.node() != null && instanceUid.equals(pod.instanceUid()))
                .toList();
    }
}

package dev.drover.admission;

import dev.drover.admission.AdmissionMetrics.Lift;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.model.Cluster;
import dev.drover.status.Events;
import dev.drover.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells people and metrics what the gate did. Safe for threads. */
final class GateReport {
    private static final String ACTION = "Place";

    private final AdmissionContext context;
    private final AdmissionMetrics metrics;
    private final HitRate hitRate;
    private final Map<String, String> obstacles = new ConcurrentHashMap<>();

    GateReport(AdmissionContext context, AdmissionMetrics metrics, HitRate hitRate) {
        this.context = context;
        this.metrics = metrics;
        this.hitRate = hitRate;
    }

    /** Remembers why a pod has no node yet, for when its deadline passes. */
    void unplaceable(GatedPod pod, String why) {
        obstacles.put(pod.uid(), why);
    }

    /** Forgets what was remembered of all pods but these. */
    void waiting(Collection<GatedPod> pods) {
        List<String> uids = pods.stream().map(GatedPod::uid).toList();
        obstacles.keySet().retainAll(uids);
    }

    void opened(Cluster cluster, GatedPod pod, String node) {
        Instant now = context.clock().instant();
        metrics.lifted(Lift.DECIDED, Duration.between(pod.created(), now));
        hitRate.chosen(cluster, pod.instanceUid(), AdmissionMode.GATE, node, now);
        events().publish(
                        pod.subject(),
                        Reason.GATE_LIFTED,
                        ACTION,
                        "The pod (%s) goes to the node (%s).".formatted(pod.address(), node));
    }

    void overdue(GatedPod pod) {
        metrics.lifted(
                Lift.OVERDUE, Duration.between(pod.created(), context.clock().instant()));
        String why = obstacles.getOrDefault(pod.uid(), "No leading replica decided: look at its log.");
        events().publish(
                        pod.subject(),
                        Reason.GATE_OVERDUE,
                        ACTION,
                        "The pod (%s) starts wherever the scheduler puts it: it had no node at its deadline (%s). %s"
                                .formatted(pod.address(), pod.deadline(), why));
    }

    /** Overdue, and this operator may not lift the gate. */
    void held(GatedPod pod) {
        events().publish(
                        pod.subject(),
                        Reason.GATE_NOT_LIFTED,
                        ACTION,
                        "The pod (%s) is still held: the operator has no right to lift its placement gate. Run drover lift-gates."
                                .formatted(pod.address()));
    }

    private Events events() {
        return context.events();
    }
}

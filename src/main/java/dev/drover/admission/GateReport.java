package dev.drover.admission;

import dev.drover.admission.AdmissionMetrics.Lift;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.model.Cluster;
import dev.drover.status.Events;
import dev.drover.status.MachineReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells people and metrics what the gate did. Safe for threads. */
final class GateReport {
    private static final String ACTION = "Place";
    /** Reasons change with the cluster: no more than one event for a pod in this time. */
    private static final Duration TOLD_AGAIN = Duration.ofSeconds(10);

    private final AdmissionContext context;
    private final AdmissionMetrics metrics;
    private final HitRate hitRate;
    private final Map<String, String> obstacles = new ConcurrentHashMap<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    GateReport(AdmissionContext context, AdmissionMetrics metrics, HitRate hitRate) {
        this.context = context;
        this.metrics = metrics;
        this.hitRate = hitRate;
    }

    /** Why a pod has no node yet; the last reason is remembered for when its deadline passes. */
    void waits(GatedPod pod, String why) {
        Instant now = context.clock().instant();
        boolean isNew = !why.equals(obstacles.put(pod.uid(), why));
        Instant before = told.get(pod.uid());
        if (isNew && (before == null || !now.isBefore(before.plus(TOLD_AGAIN)))) {
            told.put(pod.uid(), now);
            events().publish(
                            pod.subject(),
                            MachineReason.NO_NODE_YET,
                            ACTION,
                            "The pod (%s) waits at the gate, until %s at the latest. %s"
                                    .formatted(pod.address(), pod.deadline(), why));
        }
    }

    /** What it says about its gang cannot be understood. */
    void alone(GatedPod pod, String fault) {
        if (told.putIfAbsent(pod.uid(), context.clock().instant()) == null) {
            events().publish(pod.subject(), MachineReason.GANG_INVALID, ACTION, fault);
        }
    }

    /** Forgets what was remembered of all pods but these. */
    void waiting(Collection<GatedPod> pods) {
        List<String> uids = pods.stream().map(GatedPod::uid).toList();
        obstacles.keySet().retainAll(uids);
        told.keySet().retainAll(uids);
    }

    void opened(Cluster cluster, GatedPod pod, String node) {
        Instant now = context.clock().instant();
        metrics.lifted(Lift.DECIDED, Duration.between(pod.created(), now));
        hitRate.chosen(cluster, pod.instanceUid(), AdmissionMode.GATE, node, now);
        events().publish(
                        pod.subject(),
                        MachineReason.GATE_LIFTED,
                        ACTION,
                        "The pod (%s) goes to the node (%s).".formatted(pod.address(), node));
    }

    void overdue(GatedPod pod) {
        metrics.lifted(
                Lift.OVERDUE, Duration.between(pod.created(), context.clock().instant()));
        String why = obstacles.getOrDefault(pod.uid(), "No leading replica decided: look at its log.");
        events().publish(
                        pod.subject(),
                        MachineReason.GATE_OVERDUE,
                        ACTION,
                        "The pod (%s) starts wherever the scheduler puts it: it had no node at its deadline (%s). %s"
                                .formatted(pod.address(), pod.deadline(), why));
    }

    /** Overdue, and this operator may not lift the gate. */
    void held(GatedPod pod) {
        events().publish(
                        pod.subject(),
                        MachineReason.GATE_NOT_LIFTED,
                        ACTION,
                        "The pod (%s) is still held: the operator has no right to lift its placement gate. Run drover lift-gates."
                                .formatted(pod.address()));
    }

    private Events events() {
        return context.events();
    }
}

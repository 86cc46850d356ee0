package dev.drover.admission;

import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.SlimPod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Removes gates whose deadline has passed. Every replica does this: a virtual machine must not wait for a leader that is not there. Safe
 * for threads.
 */
final class OverdueGates {
    private static final Logger LOG = Logger.getLogger(OverdueGates.class);

    private final AdmissionContext context;
    private final GateReport report;

    /** The uids of pods that the API server does not let go: each is told once, and tried again. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    OverdueGates(AdmissionContext context, GateReport report) {
        this.context = context;
        this.report = report;
    }

    /**
     * Lifts what a LIST from the API server shows: at the start of the process, before any cache is filled.
     *
     * @throws KubernetesClientException when the pods cannot be listed
     */
    void liftListed() {
        lift(context.api().gatedPods(DroverAnnotations.GATE));
    }

    /** Lifts what the cache shows; without a call when nothing is overdue. */
    void liftCached() {
        lift(context.observer().gatedPods(DroverAnnotations.GATE));
    }

    private void lift(List<SlimPod> gated) {
        Instant now = context.clock().instant();
        held.retainAll(gated.stream().map(pod -> pod.getMetadata().getUid()).toList());
        gated.stream()
                .map(pod -> GatedPod.of(pod, context.settings().gateDeadline()))
                .filter(pod -> pod.overdue(now))
                .forEach(this::lift);
    }

    private void lift(GatedPod pod) {
        try {
            if (GateLifter.lift(context.api(), pod.address(), Map.of())) {
                report.overdue(pod);
            }
        } catch (KubernetesClientException refused) {
            if (held.add(pod.uid())) {
                LOG.warnf(
                        "The overdue gate of the pod (%s) is still there: %s",
                        pod.address(), KubeVirtApi.said(refused));
                if (refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                    report.held(pod);
                }
            }
        }
    }
}

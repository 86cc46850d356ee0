package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What admission counts. Labels take values of enums only: nothing that a user writes becomes a label. */
final class AdmissionMetrics {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final MeterRegistry registry;
    private final Timer duration;
    private final Timer wait;

    AdmissionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.duration = Timer.builder("drover.admission.duration")
                .description("Time that one call of the webhook takes in the process")
                .publishPercentiles(MEDIAN, TAIL)
                .register(registry);
        this.wait = Timer.builder("drover.gate.wait")
                .description("Time from a pod's creation to the removal of its placement gate")
                .publishPercentiles(MEDIAN, TAIL)
                .register(registry);
    }

    /** What became of one pod at the webhook. */
    enum Outcome {
        /** It got the rules' terms and the engine's node. */
        PLACED,
        /** It got the rules' terms; this replica does not lead, so it chose no node. */
        RULES_ONLY,
        /** It got the rules' terms; its node is given already. */
        NODE_GIVEN,
        /** It got the rules' terms; the engine knows no node for it. */
        UNPLACEABLE,
        /** It got the rules' terms; the snapshot does not show its instance. */
        UNKNOWN_INSTANCE,
        /** It got the rules' terms; what the snapshot shows is out of date. */
        STALE,
        /** It got the rules' terms; others were being placed for too long. */
        BUSY,
        /** It got the rules' terms and the gate. */
        GATED,
        /** No policy wants it to be touched. */
        OFF,
        /** It is no pod of a virtual machine instance. */
        NOT_A_LAUNCHER,
        /** There is no snapshot yet. */
        NO_SNAPSHOT,
        /** Something broke; it is admitted as it came. */
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a gate was removed. */
    enum Lift {
        DECIDED,
        OVERDUE
    }

    /** @param nanos what it took */
    void decided(AdmissionMode mode, Outcome outcome, long nanos) {
        registry.counter("drover.admission.decisions", "mode", label(mode), "outcome", outcome.label())
                .increment();
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void malformed() {
        registry.counter("drover.admission.malformed").increment();
    }

    void lifted(Lift reason, Duration waited) {
        registry.counter("drover.gate.lifted", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
        wait.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    /** @param hit whether the pod ended on the node that was chosen for it */
    void bound(AdmissionMode mode, boolean hit) {
        Counter.builder("drover.admission.bound")
                .description("Pods that were bound, by whether it was to the node that the engine chose")
                .tag("mode", label(mode))
                .tag("node", hit ? "chosen" : "other")
                .register(registry)
                .increment();
    }

    private static String label(AdmissionMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}

package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.admission.AdmissionMetrics.Outcome;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.NativeTerms;
import dev.drover.constraint.NativeTerms.Purpose;
import dev.drover.placement.StartDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The webhook without its HTTP: an AdmissionReview in, one out. It always admits; what it cannot do it leaves undone and counts. Safe
 * for threads.
 */
public final class PodAdmission {
    private static final Logger LOG = Logger.getLogger(PodAdmission.class);
    private static final ArrayNode UNCHANGED = JsonNodeFactory.instance.arrayNode();

    private final AdmissionContext context;
    private final Situations situations;
    private final StartPlacer placer;
    private final HitRate hitRate;
    private final AdmissionMetrics metrics;

    PodAdmission(
            AdmissionContext context,
            Situations situations,
            StartPlacer placer,
            HitRate hitRate,
            AdmissionMetrics metrics) {
        this.context = context;
        this.situations = situations;
        this.placer = placer;
        this.hitRate = hitRate;
        this.metrics = metrics;
    }

    private record Verdict(AdmissionMode mode, Outcome outcome, ArrayNode patch) {
        static Verdict unchanged(Outcome outcome) {
            return new Verdict(AdmissionMode.OFF, outcome, UNCHANGED);
        }
    }

    /** @param node null when none was chosen */
    private record Choice(Outcome outcome, @Nullable String node) {}

    /**
     * @param review an AdmissionReview of admission.k8s.io/v1 as JSON
     * @return the answer, which always admits
     * @throws MalformedReview when there is nothing that could be admitted
     */
    public byte[] admit(byte[] review) throws MalformedReview {
        long begin = System.nanoTime();
        AdmissionReview.Request request = read(review);
        Verdict verdict = judge(request);
        if (!request.dryRun()) {
            metrics.decided(verdict.mode(), verdict.outcome(), System.nanoTime() - begin);
        }
        return AdmissionReview.allow(request, verdict.patch());
    }

    private AdmissionReview.Request read(byte[] review) throws MalformedReview {
        try {
            return AdmissionReview.read(review);
        } catch (MalformedReview malformed) {
            metrics.malformed();
            throw malformed;
        }
    }

    /** Fails open: a virtual machine must start, whatever is wrong here. */
    private Verdict judge(AdmissionReview.Request request) {
        try {
            return decide(request);
        } catch (RuntimeException broken) {
            LOG.warnf(
                    broken,
                    "The pod of the request (%s) is admitted as it came: deciding on it failed.",
                    request.uid());
            return Verdict.unchanged(Outcome.FAILED);
        }
    }

    private Verdict decide(AdmissionReview.Request request) {
        Optional<LauncherPod> launcher = LauncherPod.of(request.namespace(), request.pod());
        if (launcher.isEmpty()) {
            return Verdict.unchanged(Outcome.NOT_A_LAUNCHER);
        }
        LauncherPod pod = launcher.get();
        Optional<Situation> shown =
                situations.showing(pod.instanceUid(), context.settings().patience());
        if (shown.isEmpty()) {
            return Verdict.unchanged(Outcome.NO_SNAPSHOT);
        }
        Situation situation = shown.get();
        AdmissionMode mode = situation.modeOf(pod);
        return switch (mode) {
            case OFF -> Verdict.unchanged(Outcome.OFF);
            case ADVISE -> advise(situation, pod, request);
            case GATE -> gate(situation, pod, request.pod());
        };
    }

    private Verdict advise(Situation situation, LauncherPod pod, AdmissionReview.Request request) {
        NativeTerms terms = terms(situation, pod);
        Choice choice = choose(situation, pod, request);
        Map<String, String> annotations = PodAnnotations.of(situation, terms);
        if (choice.node() != null) {
            annotations.put(DroverAnnotations.CHOSEN_NODE, choice.node());
        }
        return new Verdict(
                AdmissionMode.ADVISE,
                choice.outcome(),
                PodPatch.of(request.pod(), new PodChange(terms, choice.node(), false, annotations)));
    }

    private Verdict gate(Situation situation, LauncherPod pod, JsonNode json) {
        NativeTerms terms = terms(situation, pod);
        Map<String, String> annotations = PodAnnotations.of(situation, terms);
        Outcome outcome = gateOutcome(pod);
        boolean gated = outcome == Outcome.GATED;
        if (gated && !pod.gated()) {
            Instant deadline = context.clock().instant().plus(context.settings().gateDeadline());
            annotations.put(DroverAnnotations.DEADLINE, deadline.toString());
        }
        return new Verdict(
                AdmissionMode.GATE, outcome, PodPatch.of(json, new PodChange(terms, null, gated, annotations)));
    }

    private Outcome gateOutcome(LauncherPod pod) {
        if (pod.boundToNode()) {
            return Outcome.NODE_GIVEN;
        }
        return situations.fresh() ? Outcome.GATED : Outcome.STALE;
    }

    private Choice choose(Situation situation, LauncherPod pod, AdmissionReview.Request request) {
        Optional<Outcome> obstacle = obstacle(situation, pod);
        if (obstacle.isPresent()) {
            return new Choice(obstacle.get(), null);
        }
        boolean remember = !request.dryRun();
        try {
            Arrival arrival = new Arrival(pod.instanceUid(), pod.migration(), PodRequests.of(request.pod()));
            StartDecision decision =
                    placer.place(situation, List.of(List.of(arrival)), remember).get(pod.instanceUid());
            return switch (decision) {
                case StartDecision.Placed placed -> placed(situation, pod, placed, remember);
                case StartDecision.Unplaceable unplaceable -> new Choice(Outcome.UNPLACEABLE, null);
            };
        } catch (StartPlacer.Busy busy) {
            return new Choice(Outcome.BUSY, null);
        }
    }

    private Optional<Outcome> obstacle(Situation situation, LauncherPod pod) {
        if (pod.boundToNode()) {
            return Optional.of(Outcome.NODE_GIVEN);
        }
        if (!context.leading().getAsBoolean()) {
            return Optional.of(Outcome.RULES_ONLY);
        }
        if (!situations.fresh()) {
            return Optional.of(Outcome.STALE);
        }
        return situation.vm(pod.instanceUid()).isEmpty() ? Optional.of(Outcome.UNKNOWN_INSTANCE) : Optional.empty();
    }

    private Choice placed(Situation situation, LauncherPod pod, StartDecision.Placed placed, boolean remember) {
        if (remember) {
            hitRate.chosen(
                    situation.cluster(),
                    pod.instanceUid(),
                    AdmissionMode.ADVISE,
                    placed.node(),
                    context.clock().instant());
        }
        return new Choice(Outcome.PLACED, placed.node());
    }

    /** By the instance's labels; those of the pod, which has them all, when the snapshot does not show the instance. */
    private static NativeTerms terms(Situation situation, LauncherPod pod) {
        Map<String, String> labels = situation.vm(pod.instanceUid()).isPresent()
                ? situation
                        .cluster()
                        .vms()
                        .get(situation.vm(pod.instanceUid()).getAsInt())
                        .labels()
                : pod.labels();
        return NativeTerms.of(
                new NativeTerms.Launcher(pod.namespace(), labels, pod.instanceUid()),
                situation.constraints(),
                situation.cluster().namespaces(),
                pod.isMigrationTarget() ? Purpose.MIGRATION_TARGET : Purpose.START);
    }
}

package dev.drover.admission;

import dev.drover.observe.PodReader;
import dev.drover.placement.StartDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the nodes of all pods that wait at the gate together, names each its node, and only then opens the gate for all: the scheduler
 * must know every nomination before it places the first of them. (Pods under a topology spread are the exception, see {@link Succession}.)
 * For the leader; called from one thread.
 */
final class PlacementGate {
    private static final Logger LOG = Logger.getLogger(PlacementGate.class);

    private final AdmissionContext context;
    private final Situations situations;
    private final StartPlacer placer;
    private final GateOpener opener;
    private final GateReport report;
    private final Batch batch;
    private final Succession succession = new Succession();
    private final Set<String> unplaceable = new HashSet<>();
    private @Nullable Situation triedOn;
    private Gangs gangs = new Gangs(List.of());

    PlacementGate(
            AdmissionContext context, Situations situations, StartPlacer placer, GateOpener opener, GateReport report) {
        this.context = context;
        this.situations = situations;
        this.placer = placer;
        this.opener = opener;
        this.report = report;
        this.batch = new Batch(context.settings());
    }

    /** One step: nothing when nobody waits, or while others may still join those who do. */
    void step() {
        Instant now = context.clock().instant();
        List<GatedPod> gated = gated();
        report.waiting(gated);
        List<GatedPod> waiting = gated.stream()
                .filter(pod -> !pod.instanceUid().isEmpty() && !pod.overdue(now))
                .toList();
        if (batch.complete(waiting, now) && situations.fresh()) {
            situationFor(waiting).ifPresent(situation -> decide(situation, waiting));
        }
    }

    private List<GatedPod> gated() {
        Duration longest = context.settings().gateDeadline();
        return context.observer().gatedPods(DroverAnnotations.GATE).stream()
                .map(pod -> GatedPod.of(pod, longest))
                .toList();
    }

    /** Compiled anew when the one at hand does not show all who wait. */
    private Optional<Situation> situationFor(List<GatedPod> waiting) {
        Optional<Situation> newest = situations.newest();
        boolean allShown = newest.isPresent()
                && waiting.stream()
                        .allMatch(pod -> newest.get().vm(pod.instanceUid()).isPresent());
        if (!allShown) {
            situations.refresh(context.settings().patience());
        }
        return situations.newest();
    }

    /** Who found no node is tried again only when something has changed. */
    private void decide(Situation situation, List<GatedPod> waiting) {
        if (situation != triedOn) {
            unplaceable.clear();
            triedOn = situation;
            gangs = new Gangs(situation.cluster().vms());
        }
        Map<String, GatedPod> open = new LinkedHashMap<>();
        for (GatedPod pod : waiting) {
            if (situation.vm(pod.instanceUid()).isPresent()) {
                open.putIfAbsent(pod.instanceUid(), pod);
                pod.fault().ifPresent(fault -> report.alone(pod, fault));
            }
        }
        Gangs.Roll roll = gangs.call(open.values());
        roll.incomplete().forEach(report::waits);
        List<List<GatedPod>> ready = roll.ready().stream()
                .filter(pods -> !pods.stream().allMatch(pod -> unplaceable.contains(pod.uid())))
                .toList();
        if (!ready.isEmpty()) {
            List<Seat> seats = seats(open, place(situation, ready));
            opener.open(
                    situation, succession.next(situation, seats, context.clock().instant()));
        }
    }

    private Map<String, StartDecision> place(Situation situation, List<List<GatedPod>> open) {
        try {
            List<List<Arrival>> arrivals = open.stream()
                    .map(pods -> pods.stream().map(PlacementGate::arrival).toList())
                    .toList();
            return placer.place(situation, arrivals, true);
        } catch (StartPlacer.Busy busy) {
            LOG.debugf("The gate decides in its next step. %s", busy.getMessage());
            return Map.of();
        }
    }

    private static Arrival arrival(GatedPod pod) {
        return new Arrival(
                pod.instanceUid(), pod.migration(), PodReader.requests(pod.pod().getSpec()));
    }

    private List<Seat> seats(Map<String, GatedPod> open, Map<String, StartDecision> decisions) {
        List<Seat> seats = new ArrayList<>();
        decisions.forEach((instanceUid, decision) -> {
            GatedPod pod = open.get(instanceUid);
            switch (decision) {
                case StartDecision.Placed placed -> seats.add(new Seat(pod, placed.node()));
                case StartDecision.Unplaceable none -> {
                    unplaceable.add(pod.uid());
                    report.waits(pod, none.why());
                }
            }
        });
        return seats;
    }
}

package dev.drover.admission;

import dev.drover.model.VmId;
import dev.drover.observe.Reservation;
import dev.drover.placement.StartDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Chooses nodes for launcher pods, one at a time or many together, and keeps each choice in the ledger until the pod is seen there.
 * Safe for threads: choices are made one after the other, so that each knows of the one before.
 */
final class StartPlacer {
    private final AdmissionContext context;
    private final Promises promises;
    private final ReentrantLock turn = new ReentrantLock(true);

    StartPlacer(AdmissionContext context) {
        this.context = context;
        this.promises = new Promises(context.ledger(), context.clock());
    }

    /** It was somebody else's turn for longer than a start may wait. */
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A choice that was made before and is still kept is made again: another call of the webhook for the same pod, or the pod that
     * follows a temporary one of the same instance.
     *
     * @param gangs of virtual machines that the situation shows, each at most once; all of a gang get a node, or none
     * @param remember false for a dry run
     * @return one decision for each arrival, by the uid of its instance
     */
    Map<String, StartDecision> place(Situation situation, List<List<Arrival>> gangs, boolean remember) throws Busy {
        awaitTurn();
        try {
            Map<String, Reservation> kept = promises.open();
            Map<String, StartDecision> decisions = new LinkedHashMap<>();
            List<List<Arrival>> open = new ArrayList<>();
            for (List<Arrival> gang : gangs) {
                List<Arrival> undecided = new ArrayList<>(gang);
                undecided.removeIf(arrival -> {
                    Reservation reservation = kept.get(arrival.instanceUid());
                    boolean holds = reservation != null && stillHolds(situation, arrival, reservation);
                    if (holds) {
                        VmId vm = idOf(situation, arrival);
                        decisions.put(arrival.instanceUid(), new StartDecision.Placed(vm, reservation.node()));
                    }
                    return holds;
                });
                if (!undecided.isEmpty()) {
                    open.add(undecided);
                }
            }
            decide(situation, open, kept).forEach((arrival, decision) -> {
                decisions.put(arrival.instanceUid(), decision);
                if (remember) {
                    keep(arrival, decision);
                }
            });
            return decisions;
        } finally {
            turn.unlock();
        }
    }

    private static Map<Arrival, StartDecision> decide(
            Situation situation, List<List<Arrival>> gangs, Map<String, Reservation> kept) {
        Map<Arrival, StartDecision> decisions = new LinkedHashMap<>();
        if (!gangs.isEmpty()) {
            situation.scene().note(kept);
            List<Arrival> arrivals = gangs.stream().flatMap(List::stream).toList();
            List<StartDecision> made = situation.scene().decide(gangs);
            for (int i = 0; i < arrivals.size(); i++) {
                decisions.put(arrivals.get(i), made.get(i));
            }
        }
        return decisions;
    }

    private void keep(Arrival arrival, StartDecision decision) {
        switch (decision) {
            case StartDecision.Placed placed -> {
                Instant expires =
                        context.clock().instant().plus(context.settings().reservation());
                promises.make(
                        arrival.migration() == null
                                ? Reservation.start(arrival.instanceUid(), placed.node(), expires)
                                : Reservation.migration(
                                        arrival.instanceUid(), placed.node(), arrival.migration(), expires));
            }
            case StartDecision.Unplaceable unplaceable -> {
                // Nothing to keep: the scheduler may still find a node, by terms that the engine is stricter about.
            }
        }
    }

    private static boolean stillHolds(Situation situation, Arrival arrival, Reservation reservation) {
        String migration = arrival.migration() == null ? "" : arrival.migration();
        return migration.equals(reservation.migration())
                && situation.nodeIndex().containsKey(reservation.node());
    }

    private void awaitTurn() throws Busy {
        try {
            if (!turn.tryLock(context.settings().patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy(
                        "No turn to choose a node within (" + context.settings().patience() + ").");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Busy("Interrupted while waiting for a turn to choose a node.");
        }
    }

    private static VmId idOf(Situation situation, Arrival arrival) {
        int index = situation.vm(arrival.instanceUid()).orElseThrow();
        return situation.cluster().vms().get(index).id();
    }
}

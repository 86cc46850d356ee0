package dev.drover.admission;

import dev.drover.kubevirt.KubeVirtApi;
import java.util.List;
import java.util.Map;

/** Sends gated pods to their nodes: first every nomination, then every gate. */
final class GateOpener {
    private final KubeVirtApi api;
    private final Nomination nomination;
    private final GateReport report;
    private final Writes writes;

    GateOpener(KubeVirtApi api, Nomination nomination, GateReport report, Writes writes) {
        this.api = api;
        this.nomination = nomination;
        this.report = report;
        this.writes = writes;
    }

    /** A pod whose writes are refused stays at the gate: it is tried again, or its deadline passes. */
    void open(Situation situation, List<Seat> seats) {
        List<Seat> nominated = writes.each(seats, seat -> {
            nomination.make(situation, seat);
            return true;
        });
        List<Seat> opened = writes.each(
                nominated,
                seat -> GateLifter.lift(api, seat.pod().address(), Map.of(DroverAnnotations.CHOSEN_NODE, seat.node())));
        opened.forEach(seat -> report.opened(situation.cluster(), seat.pod(), seat.node()));
    }
}

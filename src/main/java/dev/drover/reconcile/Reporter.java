package dev.drover.reconcile;

import dev.drover.api.v1alpha1.LeftoverTerms;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.plan.History;
import dev.drover.status.Events;
import dev.drover.status.Reason;
import dev.drover.status.Subject;
import java.util.List;
import java.util.Map;

/** Tells what a cycle found: statuses, events. Used by the loop's thread only. */
class Reporter {
    private final ReportBoard board;
    private final OwnedStatuses owned;
    private final Histories histories;
    private final Events events;

    Reporter(ReportBoard board, OwnedStatuses owned, Histories histories, Events events) {
        this.board = board;
        this.owned = owned;
        this.histories = histories;
        this.events = events;
    }

    void report(View view, List<PoolOutcome> outcomes) {
        List<LeftoverTerms> leftovers = List.of();
        board.publish(new Report(
                new PolicyReports(view, histories, outcomes, leftovers).statuses(),
                new ConstraintReports(view).statuses(),
                ProfileReports.statuses(view)));
        owned.refresh(view.snapshot());
        owned.retain(view.snapshot());
        PlacementReports placements = new PlacementReports(view);
        for (Vm vm : view.cluster().vms()) {
            if (vm.owned()) {
                owned.write(vm, placements.status(vm));
            }
        }
        Map<String, NodeInventoryStatus> inventories = new NodeReports(view).statuses();
        for (Node node : view.cluster().nodes()) {
            owned.write(node.name(), node.uid(), inventories.get(node.name()));
        }
    }

    void settled(List<Settler.Settled> settled) {
        for (Settler.Settled one : settled) {
            History.Entry entry = one.entry();
            events.publish(
                    new Subject(
                            "kubevirt.io/v1",
                            "VirtualMachine",
                            one.vm().id().namespace(),
                            one.vm().id().name(),
                            one.vm().uid()),
                    reason(entry.end()),
                    "Migrate",
                    "From node %s to %s in %d s (%s). %s"
                            .formatted(
                                    entry.from(),
                                    entry.to(),
                                    entry.took().toSeconds(),
                                    entry.migration(),
                                    entry.message())
                            .strip());
        }
    }

    private static Reason reason(History.End end) {
        return switch (end) {
            case SUCCEEDED -> Reason.MIGRATION_SUCCEEDED;
            case FAILED, TIMED_OUT -> Reason.MIGRATION_FAILED;
            case CANCELLED -> Reason.MIGRATION_CANCELLED;
        };
    }
}

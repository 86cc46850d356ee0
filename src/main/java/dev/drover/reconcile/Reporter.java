package dev.drover.reconcile;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.LeftoverTerms;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.constraint.ConstraintId;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.InlineRules;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import dev.drover.status.Events;
import dev.drover.status.MigrationReason;
import dev.drover.status.Reason;
import dev.drover.status.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what a cycle found: statuses, events. Used by the loop's thread only. */
class Reporter implements AutoCloseable {
    static final int MOST_LEFTOVERS = 20;

    private final ReportBoard board;
    private final OwnedStatuses owned;
    private final StatusWriter writer;
    private final Histories histories;
    private final Events events;
    private final LoopMetrics metrics;
    private final AdmissionMode most;
    private final Map<VmId, OrderedMove> refused = new HashMap<>();

    /** @param most the most that a policy may ask for at the start of virtual machines */
    Reporter(Outlets outlets, OwnedStatuses owned, Histories histories, AdmissionMode most) {
        this.board = outlets.board();
        this.owned = owned;
        this.writer = outlets.writer();
        this.histories = histories;
        this.events = outlets.events();
        this.metrics = outlets.metrics();
        this.most = most;
    }

    /**
     * Where it tells.
     *
     * @param writer of the kinds that only Drover writes
     */
    record Outlets(ReportBoard board, StatusWriter writer, Events events, LoopMetrics metrics) {}

    void report(View view, Acted acted) {
        List<PoolOutcome> outcomes = acted.outcomes();
        List<LeftoverTerms> leftovers = leftovers(view.snapshot());
        Map<VmId, String> unplaced = Unplaced.of(view.cluster(), view.rules());
        ConstraintReports constraints = new ConstraintReports(view);
        board.publish(new Report(
                new PolicyReports(view, histories, outcomes, leftovers, most).statuses(),
                constraints.statuses(),
                ProfileReports.statuses(view),
                new ServiceOutlooks(view, constraints, unplaced).byService()));
        metrics.cycle(view, outcomes);
        owned.refresh(view.snapshot());
        PlacementReports placements = new PlacementReports(view, unplaced, acted.orders());
        writer.replace(owned(view, placements));
        tellRefusals(view, acted.orders());
    }

    /** Once, though it may take some cycles until the watch shows that it was told. */
    private void tellRefusals(View view, Map<VmId, OrderedMove> orders) {
        refused.keySet().retainAll(orders.keySet());
        for (Vm vm : view.cluster().vms()) {
            OrderedMove order = orders.get(vm.id());
            if (order != null && order.state() == RelocationState.REFUSED) {
                OrderedMove before = refused.put(vm.id(), order);
                if (before == null || !before.saysTheSame(order)) {
                    String why = order.message() == null ? "" : order.message();
                    events.publish(subject(vm), MigrationReason.ORDER_REFUSED, "Relocate", why);
                }
            }
        }
    }

    /** All that the kinds which only Drover writes have to say. */
    private List<StatusWriter.Status> owned(View view, PlacementReports placements) {
        List<StatusWriter.Status> result = new ArrayList<>();
        for (Vm vm : view.cluster().vms()) {
            if (vm.owned()) {
                VirtualMachinePlacementStatus status = placements.status(vm);
                result.add(new StatusWriter.Status(placement(vm.id()), () -> owned.write(vm, status)));
            }
        }
        placements
                .stopped()
                .forEach((vm, status) ->
                        result.add(new StatusWriter.Status(placement(vm), () -> owned.writeStopped(vm, status))));
        Map<String, NodeInventoryStatus> inventories = new NodeReports(view).statuses();
        for (Node node : view.cluster().nodes()) {
            NodeInventoryStatus status = Objects.requireNonNull(inventories.get(node.name()));
            result.add(new StatusWriter.Status("NodeInventory " + node.name(), () -> owned.write(node, status)));
        }
        return result;
    }

    private static String placement(VmId vm) {
        return "VirtualMachinePlacement " + vm;
    }

    /** Terms of rules that are gone, on pods that still run: they bind kube-scheduler all the same. */
    private static List<LeftoverTerms> leftovers(Snapshot snapshot) {
        Set<String> present = Stream.of(
                        snapshot.placementConstraints(),
                        snapshot.clusterPlacementConstraints(),
                        InlineRules.of(snapshot.services()))
                .flatMap(List::stream)
                .map(rule -> rule.getMetadata().getUid())
                .collect(Collectors.toSet());
        return snapshot.carriedRules().entrySet().stream()
                .filter(carried -> !present.contains(carried.getKey().uid()))
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_LEFTOVERS)
                .map(carried -> new LeftoverTerms(name(carried.getKey()), carried.getValue()))
                .toList();
    }

    private static String name(ConstraintId rule) {
        return rule.kind().isEmpty() ? rule.uid() : rule.toString();
    }

    void settled(List<Settler.Settled> settled) {
        for (Settler.Settled one : settled) {
            History.Entry entry = one.entry();
            metrics.migration(entry);
            events.publish(
                    subject(one.vm()),
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

    private static Subject subject(Vm vm) {
        return new Subject(
                "kubevirt.io/v1", "VirtualMachine", vm.id().namespace(), vm.id().name(), vm.uid());
    }

    /** Tells nothing more. */
    @Override
    public void close() {
        writer.close();
    }

    private static Reason reason(History.End end) {
        return switch (end) {
            case SUCCEEDED -> MigrationReason.MIGRATION_SUCCEEDED;
            case FAILED, TIMED_OUT -> MigrationReason.MIGRATION_FAILED;
            case CANCELLED -> MigrationReason.MIGRATION_CANCELLED;
        };
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.LeftoverTerms;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.constraint.ConstraintId;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import dev.drover.status.Events;
import dev.drover.status.Reason;
import dev.drover.status.Subject;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Tells what a cycle found: statuses, events. Used by the loop's thread only. */
class Reporter {
    private static final Logger LOG = Logger.getLogger(Reporter.class);
    private static final int MOST_LEFTOVERS = 20;

    private final ReportBoard board;
    private final OwnedStatuses owned;
    private final Histories histories;
    private final Events events;
    private final LoopMetrics metrics;
    private final AdmissionMode most;
    private final Set<String> refused = new HashSet<>();

    /** @param most the most that a policy may ask for at the start of virtual machines */
    Reporter(Outlets outlets, OwnedStatuses owned, Histories histories, AdmissionMode most) {
        this.board = outlets.board();
        this.owned = owned;
        this.histories = histories;
        this.events = outlets.events();
        this.metrics = outlets.metrics();
        this.most = most;
    }

    /** Where it tells, besides the statuses of the kinds that only Drover writes. */
    record Outlets(ReportBoard board, Events events, LoopMetrics metrics) {}

    void report(View view, List<PoolOutcome> outcomes) {
        List<LeftoverTerms> leftovers = leftovers(view.snapshot());
        board.publish(new Report(
                new PolicyReports(view, histories, outcomes, leftovers, most).statuses(),
                new ConstraintReports(view).statuses(),
                ProfileReports.statuses(view)));
        metrics.cycle(view, outcomes);
        owned.refresh(view.snapshot());
        owned.retain(view.snapshot());
        Set<String> before = Set.copyOf(refused);
        refused.clear();
        PlacementReports placements = new PlacementReports(view);
        for (Vm vm : view.cluster().vms()) {
            if (vm.owned()) {
                attempt("VirtualMachinePlacement " + vm.id(), before, () -> owned.write(vm, placements.status(vm)));
            }
        }
        placements
                .stopped()
                .forEach((vm, status) ->
                        attempt("VirtualMachinePlacement " + vm, before, () -> owned.writeStopped(vm, status)));
        Map<String, NodeInventoryStatus> inventories = new NodeReports(view).statuses();
        for (Node node : view.cluster().nodes()) {
            attempt(
                    "NodeInventory " + node.name(),
                    before,
                    () -> owned.write(node.name(), node.uid(), inventories.get(node.name())));
        }
    }

    /** What the API server refuses for one object is told once, and does not keep the others from being written. */
    private void attempt(String object, Set<String> before, Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException error) {
            if (!Refusal.isOfOneObject(error)) {
                throw error;
            }
            refused.add(object);
            if (!before.contains(object)) {
                LOG.warnf("The status of %s cannot be written: %s", object, KubeVirtApi.said(error));
            }
        }
    }

    /** Terms of rules that are gone, on pods that still run: they bind kube-scheduler all the same. */
    private static List<LeftoverTerms> leftovers(Snapshot snapshot) {
        Set<String> present = Stream.concat(
                        snapshot.placementConstraints().stream(), snapshot.clusterPlacementConstraints().stream())
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

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.LeftoverTerms;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.observe.DemandState;
import dev.drover.observe.Snapshot;
import dev.drover.plan.Policy;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.Reason;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the status of each policy says. A pure function of the view and of what the cycle did. */
final class PolicyReports {
    private static final int MOST_FAULTS = 10;

    private final View view;
    private final Histories histories;
    private final Map<String, PoolOutcome> outcomes = new HashMap<>();
    private final List<LeftoverTerms> leftovers;
    private final AdmissionMode most;

    /** @param most the most that a policy may ask for at the start of virtual machines */
    PolicyReports(
            View view,
            Histories histories,
            List<PoolOutcome> outcomes,
            List<LeftoverTerms> leftovers,
            AdmissionMode most) {
        this.view = view;
        this.histories = histories;
        this.leftovers = leftovers;
        this.most = most;
        outcomes.forEach(outcome -> this.outcomes.put(outcome.pool().policy().name(), outcome));
    }

    /** By uid of the custom resource. */
    Map<String, PlacementPolicyStatus> statuses() {
        Map<String, PlacementPolicyStatus> result = new HashMap<>();
        for (PlacementPolicy resource : view.snapshot().policies()) {
            result.put(resource.getMetadata().getUid(), status(resource));
        }
        return result;
    }

    private PlacementPolicyStatus status(PlacementPolicy resource) {
        String name = resource.getMetadata().getName();
        PlacementPolicyStatus before = resource.getStatus();
        List<Condition> previous = before == null ? List.of() : before.conditions();
        long generation = Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
        Conditions conditions = new Conditions(previous, generation, view.now());
        PoolOutcome outcome = outcomes.get(name);
        DemandState demand = view.snapshot().demandOf().get(name);
        setConditions(conditions, name, outcome, demand);
        BitSet nodes = outcome == null ? new BitSet() : outcome.pool().nodes();
        return new PlacementPolicyStatus(
                conditions.toList(),
                generation,
                score(outcome, before),
                demand == null ? DemandSource.REQUESTS : demand.source(),
                nodes.cardinality(),
                (int) vms(nodes),
                (int) inFlight(nodes),
                movesLastDay(nodes),
                outcome == null
                        ? List.of()
                        : outcome.faults().stream().limit(MOST_FAULTS).toList(),
                leftovers);
    }

    private void setConditions(
            Conditions conditions, String name, @Nullable PoolOutcome outcome, @Nullable DemandState demand) {
        Snapshot snapshot = view.snapshot();
        String conflict = view.pools().conflicts().get(name);
        conditions.set(
                ConditionType.CONFLICTING,
                conflict != null,
                conflict == null ? Reason.NO_CONFLICT : Reason.POLICIES_OVERLAP,
                conflict == null ? "" : conflict);
        boolean fresh = snapshot.freshness().fresh();
        String stale = String.join(" ", snapshot.freshness().reasons());
        conditions.set(ConditionType.FRESH, fresh, fresh ? Reason.UP_TO_DATE : Reason.STALE_CACHE, stale);
        boolean paused = outcome != null && outcome.pool().policy().mode() == Policy.Mode.OFF;
        conditions.set(
                ConditionType.PAUSED,
                paused,
                paused ? Reason.PAUSED : Reason.ACTIVE,
                paused ? Reason.PAUSED.meaning() + " " + Reason.PAUSED.remedy() : "");
        boolean open = outcome != null && outcome.circuitOpen();
        conditions.set(
                ConditionType.CIRCUIT_OPEN,
                open,
                open ? Reason.CIRCUIT_OPEN : Reason.CIRCUIT_CLOSED,
                open ? Reason.CIRCUIT_OPEN.meaning() + " " + Reason.CIRCUIT_OPEN.remedy() : "");
        balanced(conditions, outcome, demand);
        Obstacle obstacle = obstacle(name, outcome, demand);
        conditions.set(ConditionType.READY, obstacle.ready(), obstacle.reason(), obstacle.message());
    }

    private static void balanced(Conditions conditions, @Nullable PoolOutcome outcome, @Nullable DemandState demand) {
        if (outcome == null || outcome.score() == null && !outcome.movesWanted()) {
            conditions.unknown(ConditionType.BALANCED, Reason.PAUSED, "Nothing was evaluated.");
        } else if (demand != null && !demand.usable()) {
            conditions.unknown(ConditionType.BALANCED, Reason.NO_METRICS, demand.message());
        } else {
            conditions.set(
                    ConditionType.BALANCED,
                    !outcome.movesWanted(),
                    outcome.movesWanted() ? Reason.MOVES_WANTED : Reason.BALANCED,
                    outcome.movesWanted() ? "See the MigrationPlans of this policy." : "");
        }
    }

    private record Obstacle(boolean ready, Reason reason, String message) {}

    /** The first thing that keeps the policy from being carried out; RECONCILED when nothing does. */
    private Obstacle obstacle(String name, @Nullable PoolOutcome outcome, @Nullable DemandState demand) {
        Snapshot snapshot = view.snapshot();
        String conflict = view.pools().conflicts().get(name);
        if (conflict != null) {
            return new Obstacle(false, Reason.POLICIES_OVERLAP, conflict);
        }
        if (!snapshot.kubeVirt().installed()) {
            return new Obstacle(
                    false, Reason.KUBE_VIRT_ABSENT, snapshot.kubeVirt().message());
        }
        if (!snapshot.freshness().fresh()) {
            return new Obstacle(
                    false,
                    Reason.STALE_CACHE,
                    String.join(" ", snapshot.freshness().reasons()));
        }
        if (outcome == null || outcome.pool().nodes().isEmpty()) {
            return new Obstacle(
                    false,
                    Reason.GOVERNS_NO_NODE,
                    Reason.GOVERNS_NO_NODE.meaning() + " " + Reason.GOVERNS_NO_NODE.remedy());
        }
        if (outcome.circuitOpen()) {
            return new Obstacle(
                    false, Reason.CIRCUIT_OPEN, Reason.CIRCUIT_OPEN.meaning() + " " + Reason.CIRCUIT_OPEN.remedy());
        }
        if (!snapshot.kubeVirt().canMove()) {
            return new Obstacle(
                    true, Reason.KUBE_VIRT_TOO_OLD, snapshot.kubeVirt().message());
        }
        if (demand != null && !demand.usable()) {
            return new Obstacle(false, Reason.NO_METRICS, demand.message());
        }
        return limitation(outcome.pool().policy().name(), demand);
    }

    /** What makes less of the policy than it asks for; it is carried out all the same. */
    private Obstacle limitation(String name, @Nullable DemandState demand) {
        AdmissionMode wanted =
                Objects.requireNonNull(view.policies().get(name)).getSpec().admission();
        if (wanted.exceeds(most)) {
            return new Obstacle(
                    true,
                    Reason.ADMISSION_LIMITED,
                    "The policy asks for admission %s, and this operator may do %s at most. %s"
                            .formatted(wanted.value(), most.value(), Reason.ADMISSION_LIMITED.remedy()));
        }
        return demand != null && !demand.message().isEmpty()
                ? new Obstacle(true, Reason.NO_METRICS, demand.message())
                : new Obstacle(true, Reason.RECONCILED, "");
    }

    private static @Nullable Integer score(@Nullable PoolOutcome outcome, @Nullable PlacementPolicyStatus before) {
        if (outcome != null && outcome.score() != null) {
            return (int) Math.floor(outcome.score().value());
        }
        return before == null ? null : before.score();
    }

    private long vms(BitSet nodes) {
        Map<String, Integer> index = view.cluster().nodeIndex();
        return view.cluster().vms().stream()
                .filter(vm -> on(index, nodes, vm.node()))
                .count();
    }

    private long inFlight(BitSet nodes) {
        Map<String, Integer> index = view.cluster().nodeIndex();
        return view.cluster().migrations().stream()
                .filter(Migration::inFlight)
                .filter(migration -> on(index, nodes, migration.source()) || on(index, nodes, migration.target()))
                .count();
    }

    private int movesLastDay(BitSet nodes) {
        Map<String, Integer> index = view.cluster().nodeIndex();
        int moves = 0;
        for (Vm vm : view.cluster().vms()) {
            if (on(index, nodes, vm.node())) {
                moves += histories.of(vm).movesLastDay(view.now());
            }
        }
        return moves;
    }

    private static boolean on(Map<String, Integer> index, BitSet nodes, @Nullable String node) {
        Integer position = node == null ? null : index.get(node);
        return position != null && nodes.get(position);
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.LeftoverTerms;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.observe.DemandState;
import dev.drover.observe.Snapshot;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.BalanceReason;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.GateReason;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the status of each policy says. A pure function of the view and of what the cycle did. */
final class PolicyReports {

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
        Known known = new Known(resource, previous, outcome, demand);
        setConditions(conditions, known);
        BitSet nodes = nodes(name);
        return new PlacementPolicyStatus(
                conditions.toList(),
                generation,
                score(outcome, before),
                demand == null ? DemandSource.REQUESTS : demand.source(),
                nodes.cardinality(),
                (int) vms(nodes),
                (int) inFlight(nodes),
                movesLastDay(nodes),
                outcome == null ? List.of() : outcome.faults(),
                leftovers);
    }

    /**
     * One policy, and what is known about it.
     *
     * @param previous its conditions until now
     * @param outcome of this cycle; null when nothing was done for it
     */
    private record Known(
            PlacementPolicy resource,
            List<Condition> previous,
            @Nullable PoolOutcome outcome,
            @Nullable DemandState demand) {

        String name() {
            return resource.getMetadata().getName();
        }

        boolean paused() {
            return resource.getSpec().mode() == PolicyMode.OFF;
        }

        /** What was last found holds while nothing can be found out: an alert must not end because nobody looks. */
        boolean circuitOpen() {
            return outcome == null
                    ? previous.stream()
                            .anyMatch(condition -> condition.type().equals(ConditionType.CIRCUIT_OPEN.value())
                                    && condition.status() == ConditionStatus.TRUE)
                    : outcome.circuitOpen();
        }
    }

    private void setConditions(Conditions conditions, Known known) {
        Snapshot snapshot = view.snapshot();
        String conflict = view.pools().conflicts().get(known.name());
        conditions.set(
                ConditionType.CONFLICTING,
                conflict != null,
                conflict == null ? RuleReason.NO_CONFLICT : GateReason.POLICIES_OVERLAP,
                conflict == null ? "" : conflict);
        boolean fresh = snapshot.freshness().fresh();
        String stale = String.join(" ", snapshot.freshness().reasons());
        conditions.set(ConditionType.FRESH, fresh, fresh ? GateReason.UP_TO_DATE : GateReason.STALE_CACHE, stale);
        boolean paused = known.paused();
        conditions.set(
                ConditionType.PAUSED,
                paused,
                paused ? GateReason.PAUSED : GateReason.ACTIVE,
                paused ? GateReason.PAUSED.meaning() + " " + GateReason.PAUSED.remedy() : "");
        boolean open = known.circuitOpen();
        conditions.set(
                ConditionType.CIRCUIT_OPEN,
                open,
                open ? GateReason.CIRCUIT_OPEN : GateReason.CIRCUIT_CLOSED,
                open ? GateReason.CIRCUIT_OPEN.meaning() + " " + GateReason.CIRCUIT_OPEN.remedy() : "");
        Obstacle obstacle = obstacle(known);
        balanced(conditions, known, obstacle);
        conditions.set(ConditionType.READY, obstacle.ready(), obstacle.reason(), obstacle.message());
    }

    private static void balanced(Conditions conditions, Known known, Obstacle obstacle) {
        PoolOutcome outcome = known.outcome();
        DemandState demand = known.demand();
        if (outcome == null) {
            conditions.unknown(ConditionType.BALANCED, obstacle.reason(), "Nothing was evaluated.");
        } else if (known.paused() && !outcome.movesWanted()) {
            conditions.unknown(ConditionType.BALANCED, GateReason.PAUSED, "Nothing was evaluated.");
        } else if (demand != null && !demand.usable()) {
            conditions.unknown(ConditionType.BALANCED, GateReason.NO_METRICS, demand.message());
        } else {
            conditions.set(
                    ConditionType.BALANCED,
                    !outcome.movesWanted(),
                    outcome.movesWanted() ? BalanceReason.MOVES_WANTED : BalanceReason.BALANCED,
                    outcome.movesWanted() ? "See the MigrationPlans of this policy." : "");
        }
    }

    private record Obstacle(boolean ready, Reason reason, String message) {}

    /** The first thing that keeps the policy from being carried out; RECONCILED when nothing does. */
    private Obstacle obstacle(Known known) {
        Snapshot snapshot = view.snapshot();
        DemandState demand = known.demand();
        String conflict = view.pools().conflicts().get(known.name());
        if (conflict != null) {
            return new Obstacle(false, GateReason.POLICIES_OVERLAP, conflict);
        }
        if (!snapshot.kubeVirt().installed()) {
            return new Obstacle(
                    false, GateReason.KUBE_VIRT_ABSENT, snapshot.kubeVirt().message());
        }
        if (!snapshot.freshness().fresh()) {
            return new Obstacle(
                    false,
                    GateReason.STALE_CACHE,
                    String.join(" ", snapshot.freshness().reasons()));
        }
        if (nodes(known.name()).isEmpty()) {
            return new Obstacle(
                    false,
                    GateReason.GOVERNS_NO_NODE,
                    GateReason.GOVERNS_NO_NODE.meaning() + " " + GateReason.GOVERNS_NO_NODE.remedy());
        }
        if (known.circuitOpen()) {
            return new Obstacle(
                    false,
                    GateReason.CIRCUIT_OPEN,
                    GateReason.CIRCUIT_OPEN.meaning() + " " + GateReason.CIRCUIT_OPEN.remedy());
        }
        if (!snapshot.kubeVirt().canMove()) {
            return new Obstacle(
                    true, GateReason.KUBE_VIRT_TOO_OLD, snapshot.kubeVirt().message());
        }
        if (demand != null && !demand.usable()) {
            return new Obstacle(false, GateReason.NO_METRICS, demand.message());
        }
        return limitation(known);
    }

    /** What makes less of the policy than it asks for; it is carried out all the same. */
    private Obstacle limitation(Known known) {
        AdmissionMode wanted = known.resource().getSpec().admission();
        DemandState demand = known.demand();
        if (wanted.exceeds(most)) {
            return new Obstacle(
                    true,
                    GateReason.ADMISSION_LIMITED,
                    "The policy asks for admission %s, and this operator may do %s at most. %s"
                            .formatted(wanted.value(), most.value(), GateReason.ADMISSION_LIMITED.remedy()));
        }
        return demand != null && !demand.message().isEmpty()
                ? new Obstacle(true, GateReason.NO_METRICS, demand.message())
                : new Obstacle(true, ObjectReason.RECONCILED, "");
    }

    /** While nothing is evaluated the last one stays. */
    private static @Nullable Integer score(@Nullable PoolOutcome outcome, @Nullable PlacementPolicyStatus before) {
        if (outcome != null) {
            return (int) Math.floor(outcome.score().value());
        }
        return before == null ? null : before.score();
    }

    /** Empty for a policy that governs none. */
    private BitSet nodes(String policy) {
        return view.pools().pools().stream()
                .filter(pool -> pool.policy().name().equals(policy))
                .map(Pool::nodes)
                .findFirst()
                .orElseGet(BitSet::new);
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

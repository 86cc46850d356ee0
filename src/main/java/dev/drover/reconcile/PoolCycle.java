package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.DemandState;
import dev.drover.observe.Snapshot;
import dev.drover.placement.Score;
import dev.drover.plan.CircuitBreaker;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools.Pool;
import dev.drover.plan.Slots;
import dev.drover.status.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One cycle for the nodes of one policy: go on with what is approved, else propose. Used by the loop's thread only. */
final class PoolCycle {
    static final String RESET_CIRCUIT = "drover.dev/reset-circuit";

    private final Proposer proposer;
    private final Scores scores;
    private final PlanKeeper keeper;
    private final PlanExecutor executor;
    private final Histories histories;

    /** Started in this cycle, by any policy: no snapshot shows them yet, and their slots are taken. */
    private final List<Move> justStarted = new ArrayList<>();

    PoolCycle(Proposer proposer, Scores scores, PlanKeeper keeper, PlanExecutor executor, Histories histories) {
        this.proposer = proposer;
        this.scores = scores;
        this.keeper = keeper;
        this.executor = executor;
        this.histories = histories;
    }

    /** A new cycle: what was started before is in the snapshot, or in its plan. */
    void begin() {
        justStarted.clear();
    }

    /** @param stalled by name of a migration: what a person has to clear */
    PoolOutcome run(View view, Pool pool, Map<String, String> stalled) {
        Policy policy = pool.policy();
        PlacementPolicy resource = Objects.requireNonNull(view.policies().get(policy.name()));
        boolean circuitOpen = CircuitBreaker.DEFAULT.open(results(view, pool), resetAt(resource));
        List<Standing> standings = standings(view, policy, resource);
        Score score = scores.of(view, pool);
        boolean busy = carryOut(view, pool, circuitOpen, stalled, score);
        List<MigrationPlan> waiting = PlanKeeper.open(view, pool).stream()
                .filter(plan -> plan.getSpec().approval() == null)
                .toList();
        keeper.prune(view, pool);
        if (policy.mode() == Policy.Mode.OFF || busy || keeper.awaitsSight(view, pool)) {
            return new PoolOutcome(
                    pool, score, busy || !waiting.isEmpty(), circuitOpen, Faults.of(view, pool, standings, ""));
        }
        DemandState demand = view.snapshot().demandOf().get(policy.name());
        Proposal proposal = proposer.propose(view, pool, standings, demand == null || demand.usable());
        if (circuitOpen) {
            proposal = proposal.forPerson();
        }
        if (circuitOpen || !approveLeftBehind(waiting, policy, standings, view)) {
            keeper.record(view, pool, proposal, waiting);
        }
        return new PoolOutcome(
                pool,
                proposal.before(),
                !proposal.isEmpty(),
                circuitOpen,
                Faults.of(view, pool, standings, proposal.message()));
    }

    /** @return whether an approved plan is still open, so that nothing new is proposed */
    private boolean carryOut(View view, Pool pool, boolean circuitOpen, Map<String, String> stalled, Score score) {
        Snapshot snapshot = view.snapshot();
        Slots slots = Slots.beside(
                view.cluster(),
                pool.policy().budget(),
                new Slots.Limits(
                        snapshot.kubeVirt().maxMigrations(), snapshot.kubeVirt().maxOutboundPerNode()));
        justStarted.forEach(move -> slots.take(move.from(), move.to()));
        boolean busy = false;
        for (MigrationPlan plan : PlanKeeper.open(view, pool)) {
            if (plan.getSpec().approval() == null) {
                ensureStatus(view, plan, slots, score);
                continue;
            }
            String refusal = refusal(view, pool.policy());
            PlanExecutor.Terms terms = new PlanExecutor.Terms(
                    refusal, superseded(pool.policy(), score, plan, circuitOpen), slots, stalled, (int)
                            Math.floor(score.value()));
            Execution execution = executor.advance(view, plan, terms);
            remember(PlanRecords.toExecution(plan), execution);
            busy |= !execution.ended();
        }
        return busy;
    }

    private void remember(Execution before, Execution after) {
        before.pending().stream()
                .filter(move -> after.progressOf(move.id()).state() == MoveProgress.State.RUNNING)
                .forEach(justStarted::add);
    }

    /** A plan that waits has a status from the first cycle on. */
    private void ensureStatus(View view, MigrationPlan plan, Slots slots, Score score) {
        if (plan.getStatus() == null || plan.getStatus().conditions().isEmpty()) {
            executor.advance(
                    view, plan, new PlanExecutor.Terms("", "", slots, Map.of(), (int) Math.floor(score.value())));
        }
    }

    /** Why nothing may be started now; empty when it may (P7, P12, P15). */
    private static String refusal(View view, Policy policy) {
        if (policy.mode() == Policy.Mode.OFF) {
            return "The policy's mode is Off.";
        }
        if (!view.snapshot().freshness().fresh()) {
            return "What Drover sees may be out of date.";
        }
        if (!view.snapshot().kubeVirt().canMove()) {
            return "KubeVirt cannot be told the target node: "
                    + view.snapshot().kubeVirt().message();
        }
        return "";
    }

    /** Why what the operator approved is no longer wanted: the next cycle decides anew. */
    private static String superseded(Policy policy, Score score, MigrationPlan plan, boolean circuitOpen) {
        if (policy.mode() != Policy.Mode.AUTOMATIC) {
            return "The policy is no longer Automatic.";
        }
        if (circuitOpen) {
            return Reason.CIRCUIT_OPEN.meaning();
        }
        return plan.getSpec().reason() == MoveReason.BALANCE && score.violations() > 0
                ? "A constraint is broken; its repair goes first."
                : "";
    }

    /**
     * A process may have ended between writing a plan and approving it; and a policy may have become Automatic.
     *
     * @return whether a plan was approved
     */
    private boolean approveLeftBehind(List<MigrationPlan> waiting, Policy policy, List<Standing> standings, View view) {
        if (policy.mode() != Policy.Mode.AUTOMATIC) {
            return false;
        }
        boolean approved = false;
        Map<VmId, Integer> index = view.cluster().vmIndex();
        for (MigrationPlan plan : waiting) {
            boolean byPerson = PlanRecords.toExecution(plan).moves().stream()
                    .map(move -> index.get(move.vm()))
                    .anyMatch(vm -> vm != null && standings.get(vm).byApproval());
            if (!byPerson) {
                keeper.approve(plan);
                approved = true;
            }
        }
        return approved;
    }

    private List<Standing> standings(View view, Policy policy, PlacementPolicy resource) {
        Standings standings = new Standings(view.snapshot(), histories, policy, resource);
        List<Standing> result = new ArrayList<>();
        for (Vm vm : view.cluster().vms()) {
            result.add(standings.of(vm));
        }
        return result;
    }

    private static List<CircuitBreaker.Result> results(View view, Pool pool) {
        List<CircuitBreaker.Result> results = new ArrayList<>();
        for (MigrationPlan plan : view.snapshot().plans()) {
            if (plan.getSpec().policy().equals(pool.policy().name()) && plan.getStatus() != null) {
                for (MoveStatus move : plan.getStatus().moves()) {
                    if (move.migration() != null && move.finished() != null) {
                        results.add(new CircuitBreaker.Result(move.finished(), move.state() == MoveState.FAILED));
                    }
                }
            }
        }
        return results;
    }

    private static Instant resetAt(PlacementPolicy resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String reset = annotations == null ? null : annotations.get(RESET_CIRCUIT);
        try {
            return reset == null ? Instant.EPOCH : Instant.parse(reset);
        } catch (DateTimeException malformed) {
            return Instant.EPOCH;
        }
    }
}

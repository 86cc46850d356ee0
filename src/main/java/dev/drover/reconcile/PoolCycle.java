package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.DemandState;
import dev.drover.placement.Score;
import dev.drover.plan.CircuitBreaker;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools.Pool;
import dev.drover.plan.Slots;
import dev.drover.status.GateReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** One cycle for the nodes of one policy: go on with what is approved, else propose. Used by the loop's thread only. */
final class PoolCycle {
    static final String RESET_CIRCUIT = "drover.dev/reset-circuit";

    private final Proposer proposer;
    private final Scores scores;
    private final PlanKeeper keeper;
    private final PlanExecutor executor;
    private final Histories histories;

    PoolCycle(Proposer proposer, Scores scores, PlanKeeper keeper, PlanExecutor executor, Histories histories) {
        this.proposer = proposer;
        this.scores = scores;
        this.keeper = keeper;
        this.executor = executor;
        this.histories = histories;
    }

    /** What is known of one policy at the start of its cycle. */
    private record Start(
            View view,
            Pool pool,
            List<Standing> standings,
            Score score,
            boolean circuitOpen,
            Underway underway,
            Map<String, String> stalled) {

        String hindrance(Move move) {
            Integer vm = view.cluster().vmIndex().get(move.vm());
            return vm == null ? "" : standings.get(vm).hinders(move.reason());
        }

        /** Whether it moves something or is about to: a plan that waits for its window keeps nothing else from being proposed. */
        boolean occupies(Execution execution) {
            return execution.running()
                    || execution.pending().stream()
                            .anyMatch(move -> hindrance(move).isEmpty());
        }

        PlanExecutor.Terms terms(String mayStart, Supplier<String> unwanted) {
            Slots.Limits limits = new Slots.Limits(
                    view.snapshot().kubeVirt().maxMigrations(),
                    view.snapshot().kubeVirt().maxOutboundPerNode());
            return new PlanExecutor.Terms(
                    mayStart,
                    this::hindrance,
                    unwanted,
                    underway,
                    underway.slots(pool.policy().budget(), limits),
                    stalled,
                    (int) Math.floor(score.value()));
        }
    }

    /**
     * @param underway what this cycle has begun for other policies
     * @param stalled by name of a migration: what a person has to clear
     */
    PoolOutcome run(View view, Pool pool, Underway underway, Map<String, String> stalled) {
        Policy policy = pool.policy();
        PlacementPolicy resource = Objects.requireNonNull(view.policies().get(policy.name()));
        boolean circuitOpen = CircuitBreaker.DEFAULT.open(results(view, pool), resetAt(resource, view.now()));
        List<Standing> standings = standings(view, policy, resource);
        Score score = scores.of(view, pool);
        boolean busy = carryOut(new Start(view, pool, standings, score, circuitOpen, underway, stalled));
        List<MigrationPlan> waiting = PlanKeeper.open(view, policy.name()).stream()
                .filter(plan -> plan.getSpec().approval() == null
                        && plan.getSpec().reason() != MoveReason.REQUESTED
                        && PlanKeeper.lost(view, pool, plan).isEmpty())
                .toList();
        keeper.prune(view, policy.name());
        List<Fault> rivals = Rivals.of(view, pool, histories);
        boolean unseen = keeper.awaitsSight(view, pool);
        if (policy.mode() == Policy.Mode.OFF || busy || unseen) {
            boolean wanted = busy || unseen || !waiting.isEmpty();
            return new PoolOutcome(pool, score, wanted, circuitOpen, Faults.of(view, pool, standings, rivals, false));
        }
        DemandState demand = view.snapshot().demandOf().get(policy.name());
        Proposal proposal = proposer.propose(view, pool, standings, demand == null || demand.usable());
        if (circuitOpen) {
            proposal = proposal.forPerson();
        }
        if (circuitOpen || !approveLeftBehind(waiting, policy, standings, view)) {
            keeper.record(view, pool, proposal, waiting);
        }
        List<Fault> unsolved = new ArrayList<>(rivals);
        unsolved.addAll(proposal.faults(policy.name()));
        return new PoolOutcome(
                pool,
                proposal.before(),
                !proposal.isEmpty(),
                circuitOpen,
                Faults.of(view, pool, standings, unsolved, proposal.isEmpty()));
    }

    /**
     * Ends the plans of a policy that governs no nodes, because older ones do or it cannot be read.
     *
     * @param stalled by name of a migration: what a person has to clear
     */
    void giveUp(View view, String policy, Map<String, String> stalled) {
        String why =
                view.pools().conflicts().getOrDefault(policy, "The policy (%s) governs no node.".formatted(policy));
        PlanKeeper.open(view, policy).forEach(plan -> executor.giveUp(view, plan, why, stalled));
        keeper.prune(view, policy);
    }

    /** @return whether an approved plan is being carried out, so that nothing new is proposed */
    private boolean carryOut(Start start) {
        boolean busy = false;
        List<MigrationPlan> open = PlanKeeper.open(
                        start.view(), start.pool().policy().name())
                .stream()
                .sorted(Comparator.comparing(
                        plan -> PlanRecords.toPurpose(plan.getSpec().reason())))
                .toList();
        for (MigrationPlan plan : open) {
            String lost = PlanKeeper.lost(start.view(), start.pool(), plan);
            if (!lost.isEmpty()) {
                busy |= start.occupies(executor.giveUp(start.view(), plan, lost, start.stalled()));
                continue;
            }
            if (plan.getSpec().approval() == null) {
                ensureStatus(start, plan);
                continue;
            }
            String refusal = refusal(start.view(), start.pool().policy());
            busy |= start.occupies(
                    executor.advance(start.view(), plan, start.terms(refusal, () -> unwanted(start, plan))));
        }
        return busy;
    }

    /** A plan that waits has a status from the first cycle on. */
    private void ensureStatus(Start start, MigrationPlan plan) {
        if (plan.getStatus() == null || plan.getStatus().conditions().isEmpty()) {
            executor.advance(start.view(), plan, start.terms("", () -> ""));
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
    private String unwanted(Start start, MigrationPlan plan) {
        if (start.pool().policy().mode() != Policy.Mode.AUTOMATIC) {
            return "The policy is no longer Automatic.";
        }
        if (start.circuitOpen()) {
            return GateReason.CIRCUIT_OPEN.meaning();
        }
        if (asksPerson(plan, start.view(), start.standings())) {
            return "The profile of one of its virtual machines wants a person to approve each move.";
        }
        return switch (plan.getSpec().reason()) {
            case CONSTRAINT_REPAIR -> "";
            case REQUESTED -> OrderBook.stands(start.view().snapshot(), plan) ? "" : "The order was taken away.";
            case BALANCE, FORECAST, MAKE_ROOM, CONSOLIDATION ->
                givesWay(start) ? "A constraint is broken; its repair goes first." : "";
        };
    }

    /** Balance gives way to a repair that can be made, not to a breach that has to stay: else nothing would ever be balanced beside it. */
    private boolean givesWay(Start start) {
        return start.score().violations() > 0
                && !proposer.repair(start.view(), start.pool(), start.standings())
                        .isEmpty();
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
        for (MigrationPlan plan : waiting) {
            if (!asksPerson(plan, view, standings)) {
                keeper.approve(plan);
                approved = true;
            }
        }
        return approved;
    }

    /** Whether a move that has not begun is one that the policy may not approve. */
    private static boolean asksPerson(MigrationPlan plan, View view, List<Standing> standings) {
        Map<VmId, Integer> index = view.cluster().vmIndex();
        return PlanRecords.toExecution(plan).pending().stream()
                .map(move -> index.get(move.vm()))
                .anyMatch(vm -> vm != null && standings.get(vm).byApproval());
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

    /** A time to come resets nothing yet, or it would silence the breaker until then. */
    private static Instant resetAt(PlacementPolicy resource, Instant now) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String reset = annotations == null ? null : annotations.get(RESET_CIRCUIT);
        try {
            Instant at = reset == null ? Instant.EPOCH : Instant.parse(reset);
            return at.isAfter(now) ? Instant.EPOCH : at;
        } catch (DateTimeException malformed) {
            return Instant.EPOCH;
        }
    }
}

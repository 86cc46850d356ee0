package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.InFlightHandling;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import dev.drover.execute.MigrationEnder;
import dev.drover.execute.MigrationStarter;
import dev.drover.execute.Started;
import dev.drover.model.Cluster;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.MoveCheck;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.MoveProgress.State;
import dev.drover.plan.NextMoves;
import dev.drover.plan.Slots;
import dev.drover.status.Events;
import dev.drover.status.MigrationReason;
import dev.drover.status.Reason;
import dev.drover.status.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries one plan a step further: settles what has ended, drops what no longer fits, starts what is ready, and writes how it stands.
 * Used by the loop's thread only.
 */
class PlanExecutor {
    /** Moves that could not start for so long were decided on a world that has changed. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final MigrationStarter starter;
    private final MigrationEnder ender;
    private final PlanStore store;
    private final Events events;
    private final Histories histories;

    /** By name of the plan, since the watch may still show older statuses: else a move that has begun could begin again. */
    private final Map<String, Execution> known = new HashMap<>();

    PlanExecutor(MigrationStarter starter, MigrationEnder ender, PlanStore store, Events events, Histories histories) {
        this.starter = starter;
        this.ender = ender;
        this.store = store;
        this.events = events;
        this.histories = histories;
    }

    /**
     * The conditions under which one policy's plans are carried out now.
     *
     * @param mayStart why nothing may be started; empty when it may
     * @param hindrance why this one move may not be started; empty when it may
     * @param unwanted says why what the operator approved is no longer wanted, and nothing while it is; asked only where it counts, since
     *     it may search for a repair
     * @param underway what this cycle has begun; moves that start are added
     * @param slots what is free beside that
     * @param stalled by name of a migration: what a person has to clear
     */
    record Terms(
            String mayStart,
            Function<Move, String> hindrance,
            Supplier<String> unwanted,
            Underway underway,
            Slots slots,
            Map<String, String> stalled,
            int score) {}

    /** @return how the plan stands after this step */
    Execution advance(View view, MigrationPlan plan, Terms terms) {
        String superseded = superseded(plan, terms.unwanted(), view.now());
        Execution execution = dropUnwanted(view, plan, superseded);
        if (PlanStatuses.decided(plan, ApprovalDecision.APPROVED)) {
            execution = terms.mayStart().isEmpty()
                    ? startReady(view, plan, execution, terms)
                    : waiting(execution, terms.mayStart());
        }
        write(view, plan, standing(execution, superseded, terms.stalled(), terms.score()));
        return execution;
    }

    /**
     * Ends what has not begun of a plan, whoever approved it. What is in flight finishes.
     *
     * @param why for a person
     * @param stalled by name of a migration: what a person has to clear
     * @return how the plan stands after this step
     */
    Execution giveUp(View view, MigrationPlan plan, String why, Map<String, String> stalled) {
        Execution execution = dropUnwanted(view, plan, why);
        write(view, plan, standing(execution, why, stalled, null));
        return execution;
    }

    private Execution asKnown(View view, MigrationPlan plan) {
        known.keySet()
                .retainAll(view.snapshot().plans().stream()
                        .map(shown -> shown.getMetadata().getName())
                        .toList());
        Execution shown = PlanRecords.toExecution(plan);
        Execution kept = known.get(plan.getMetadata().getName());
        return kept == null ? shown : shown.notBehind(kept);
    }

    /** @param superseded why nothing of it is wanted any more; empty while it is */
    private Execution dropUnwanted(View view, MigrationPlan plan, String superseded) {
        Execution execution = asKnown(view, plan).settled(view.cluster());
        Approval approval = plan.getSpec().approval();
        if (approval != null && approval.decision() == ApprovalDecision.ABORTED) {
            if (approval.inFlight() == InFlightHandling.CANCEL) {
                cancel(view.cluster(), execution);
            }
            return execution.endPending(State.ABORTED, view.now(), "The plan was aborted.");
        }
        Execution result = execution;
        if (approval != null && approval.moves() != null) {
            for (Move move : execution.pending()) {
                if (!approval.moves().contains(move.id())) {
                    result = result.with(result.progressOf(move.id())
                            .ended(State.SKIPPED, view.now(), "It is not among the moves that were approved."));
                }
            }
        }
        return superseded.isEmpty() ? result : result.endPending(State.SKIPPED, view.now(), superseded);
    }

    /**
     * Why an approved plan is given up. A person's decision stands until the moves are made or cannot be; the operator's own is made anew
     * when the world changes.
     *
     * @param unwanted see {@link Terms}
     */
    static String superseded(MigrationPlan plan, Supplier<String> unwanted, Instant now) {
        if (!PlanStatuses.approvedByOperator(plan) || !PlanStatuses.decided(plan, ApprovalDecision.APPROVED)) {
            return "";
        }
        if (plan.getSpec().snapshot().time().plus(STALE).isBefore(now)) {
            return "The plan is older than %d minutes; a new one is made from what the cluster shows now."
                    .formatted(STALE.toMinutes());
        }
        return unwanted.get();
    }

    private void cancel(Cluster cluster, Execution execution) {
        Set<String> running = execution.progress().stream()
                .filter(progress -> progress.state() == State.RUNNING)
                .map(progress -> String.valueOf(progress.migration()))
                .collect(Collectors.toSet());
        cluster.migrations().stream()
                .filter(migration -> migration.inFlight() && running.contains(migration.name()))
                .forEach(migration -> ender.end(migration, Duration.ZERO));
    }

    private static Execution waiting(Execution execution, String why) {
        Execution result = execution;
        for (Move move : execution.pending()) {
            result = result.with(result.progressOf(move.id()).waiting(why));
        }
        return result;
    }

    private Execution startReady(View view, MigrationPlan plan, Execution execution, Terms terms) {
        return NextMoves.start(execution, (standing, move) -> {
            MoveProgress next = startIfReady(view, plan, standing, move, terms);
            if (next.state() == State.RUNNING) {
                terms.underway().begin(move);
            }
            return next;
        });
    }

    private MoveProgress startIfReady(View view, MigrationPlan plan, Execution standing, Move move, Terms terms) {
        MoveProgress progress = standing.progressOf(move.id());
        String hindrance = terms.hindrance().apply(move);
        if (!hindrance.isEmpty()) {
            return progress.waiting("Waits: " + hindrance);
        }
        String full = terms.slots().refusal(move.from(), move.to());
        if (!full.isEmpty()) {
            return progress.waiting("Waits: " + full + ".");
        }
        MoveCheck check = MoveCheck.check(terms.underway().cluster(), view.active(), move, standing.pending());
        return start(view, check, plan, move, progress);
    }

    private MoveProgress start(View view, MoveCheck check, MigrationPlan plan, Move move, MoveProgress progress) {
        return switch (check) {
            case MoveCheck.Waits waits -> progress.waiting("Waits: " + waits.why());
            case MoveCheck.Void none -> progress.ended(State.SKIPPED, view.now(), none.why());
            case MoveCheck.Ready ready -> order(view, plan, move, progress);
        };
    }

    private MoveProgress order(View view, MigrationPlan plan, Move move, MoveProgress progress) {
        return switch (starter.start(plan.getMetadata().getName(), move, lastOutcome(view, move))) {
            case Started.Running running -> {
                String note = "Moving from node %s to %s for plan %s: %s";
                tell(move, MigrationReason.MIGRATION_STARTED, note, plan, move.why());
                yield progress.running(running.migration(), running.since());
            }
            case Started.Refused refused -> {
                String note = "It cannot be moved from node %s to %s for plan %s. %s";
                tell(move, MigrationReason.MIGRATION_REFUSED, note, plan, refused.why());
                yield progress.waiting("Waits: " + refused.why());
            }
            case Started.Later later -> progress.waiting("Waits: " + later.why());
            case Started.Void none -> progress.ended(State.SKIPPED, view.now(), none.why());
        };
    }

    private String lastOutcome(View view, Move move) {
        Integer vm = view.cluster().vmIndex().get(move.vm());
        return vm == null ? "" : histories.of(view.cluster().vms().get(vm)).lastMigration();
    }

    /** @param note with room for both nodes, the plan and {@code why} */
    private void tell(Move move, Reason reason, String note, MigrationPlan plan, String why) {
        Subject subject = new Subject(
                "kubevirt.io/v1",
                "VirtualMachine",
                move.vm().namespace(),
                move.vm().name(),
                move.vmUid());
        String name = plan.getMetadata().getName();
        events.publish(subject, reason, "Migrate", note.formatted(move.from(), move.to(), name, why));
    }

    private static PlanStatuses.Standing standing(
            Execution execution, String superseded, Map<String, String> stalled, @Nullable Integer score) {
        boolean dropped = execution.progress().stream().anyMatch(progress -> progress.state() == State.SKIPPED);
        String toBeCleared = execution.progress().stream()
                .filter(progress -> progress.state() == State.RUNNING)
                .map(progress -> stalled.getOrDefault(String.valueOf(progress.migration()), ""))
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
        return new PlanStatuses.Standing(execution, dropped ? superseded : "", toBeCleared, score);
    }

    private void write(View view, MigrationPlan plan, PlanStatuses.Standing standing) {
        known.put(plan.getMetadata().getName(), standing.execution());
        MigrationPlanStatus status = PlanStatuses.of(plan, standing, view.now());
        if (!status.equals(plan.getStatus())) {
            store.writeStatus(plan, status);
        }
    }
}

package dev.drover.plan;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.plan.MoveProgress.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is being carried out, as a value: what is to be done and how far each move is. Rebuilt from the MigrationPlan and the
 * migrations at each cycle, so a restart goes on where the last process stopped (P14).
 *
 * @param plan the name of the MigrationPlan
 * @param progress of each move, in the order of {@code moves}
 */
public record Execution(String plan, List<Move> moves, List<MoveProgress> progress) {

    /** How long a migration that was created may stay unseen by the watch before it counts as deleted. */
    public static final Duration UNSEEN = Duration.ofSeconds(30);

    public Execution {
        moves = List.copyOf(moves);
        progress = List.copyOf(progress);
        if (moves.size() != progress.size()) {
            throw new IllegalArgumentException("The plan (%s) has %d moves and %d states. Each move needs one state."
                    .formatted(plan, moves.size(), progress.size()));
        }
    }

    /** None of its moves has begun. */
    public static Execution fresh(String plan, List<Move> moves) {
        return new Execution(
                plan,
                moves,
                moves.stream().map(move -> MoveProgress.pending(move.id())).toList());
    }

    public boolean ended() {
        return progress.stream().allMatch(move -> move.state().ended());
    }

    public boolean running() {
        return progress.stream().anyMatch(move -> move.state() == State.RUNNING);
    }

    public long count(State state) {
        return progress.stream().filter(move -> move.state() == state).count();
    }

    public MoveProgress progressOf(String id) {
        return progress.get(indexOf(id));
    }

    public Execution with(MoveProgress changed) {
        List<MoveProgress> result = new ArrayList<>(progress);
        result.set(indexOf(changed.id()), changed);
        return new Execution(plan, moves, result);
    }

    /** The same with each move as far as it is in either of them: what is read may be older than what was written. */
    public Execution notBehind(Execution known) {
        Execution result = this;
        for (MoveProgress progress : known.progress) {
            if (progress.state().isBeyond(progressOf(progress.id()).state())) {
                result = result.with(progress);
            }
        }
        return result;
    }

    /** Moves that have not begun, in order. */
    public List<Move> pending() {
        return moves.stream()
                .filter(move -> progressOf(move.id()).state() == State.PENDING)
                .toList();
    }

    /** Every pending move ended in the same way. */
    public Execution endPending(State how, Instant now, String why) {
        return mapPending(move -> move.ended(how, now, why));
    }

    private Execution mapPending(UnaryOperator<MoveProgress> change) {
        return new Execution(
                plan,
                moves,
                progress.stream()
                        .map(move -> move.state() == State.PENDING ? change.apply(move) : move)
                        .toList());
    }

    /** What the cluster shows of the moves: migrations found by their annotation, virtual machines by where they run. */
    public Execution settled(Cluster now) {
        Map<String, Migration> migrations = new HashMap<>();
        now.migrations().stream()
                .filter(migration -> migration.move() != null)
                .sorted(Comparator.comparing(Migration::created))
                .forEach(migration -> migrations.put(String.valueOf(migration.move()), migration));
        Map<String, Vm> vms = now.vms().stream().collect(Collectors.toMap(Vm::uid, vm -> vm, (first, second) -> first));
        List<MoveProgress> result = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            Migration migration = migrations.get(plan + "/" + move.id());
            Vm vm = vms.get(move.vmUid());
            boolean awaits =
                    progress.get(i).state() == State.PENDING && migration == null && vm != null && !unblocked(move);
            result.add(awaits ? progress.get(i) : settle(move, progress.get(i), migration, vm, now.takenAt()));
        }
        return new Execution(plan, moves, result).withoutOrphans(now.takenAt());
    }

    private static MoveProgress settle(
            Move move, MoveProgress progress, @Nullable Migration migration, @Nullable Vm vm, Instant now) {
        if (progress.state().ended()) {
            return progress;
        }
        if (migration != null) {
            MoveProgress running =
                    progress.state() == State.RUNNING && migration.name().equals(progress.migration())
                            ? progress
                            : progress.running(migration.name(), migration.created());
            return switch (migration.phase()) {
                case SUCCEEDED -> running.ended(State.SUCCEEDED, migration.phaseSince(), "");
                case FAILED -> running.ended(State.FAILED, migration.phaseSince(), migration.failure());
                case UNSET, PENDING, SCHEDULING, SCHEDULED, PREPARING_TARGET, TARGET_READY, RUNNING, UNKNOWN -> running;
            };
        }
        return progress.state() == State.RUNNING
                ? vanished(move, progress, vm, now)
                : unstarted(move, progress, vm, now);
    }

    private static MoveProgress vanished(Move move, MoveProgress progress, @Nullable Vm vm, Instant now) {
        if (vm == null) {
            return progress.ended(State.FAILED, now, "The virtual machine (" + move.vm() + ") is gone.");
        }
        if (move.to().equals(vm.node())) {
            return progress.ended(State.SUCCEEDED, now, "");
        }
        Instant started = progress.started();
        if (started != null && Duration.between(started, now).compareTo(UNSEEN) < 0) {
            return progress;
        }
        return progress.ended(
                State.FAILED, now, "The migration (" + progress.migration() + ") was deleted before it ended.");
    }

    private static MoveProgress unstarted(Move move, MoveProgress progress, @Nullable Vm vm, Instant now) {
        if (vm == null) {
            return progress.ended(State.SKIPPED, now, "The virtual machine (" + move.vm() + ") is gone.");
        }
        if (vm.node() == null || move.from().equals(vm.node()) || vm.target() != null) {
            return progress;
        }
        return progress.ended(
                State.SKIPPED,
                now,
                "The virtual machine (%s) runs on the node (%s), no longer on (%s)."
                        .formatted(move.vm(), vm.node(), move.from()));
    }

    /** Moves that waited for one that will never succeed are skipped, and so are those that waited for these. */
    private Execution withoutOrphans(Instant now) {
        Execution result = this;
        for (Move move : moves) {
            Set<String> hopeless = result.progress.stream()
                    .filter(other -> other.state().ended() && other.state() != State.SUCCEEDED)
                    .map(MoveProgress::id)
                    .collect(Collectors.toSet());
            MoveProgress own = result.progressOf(move.id());
            if (own.state() == State.PENDING && move.after().stream().anyMatch(hopeless::contains)) {
                result = result.with(
                        own.ended(State.SKIPPED, now, "It was to follow " + move.after() + ", which did not succeed."));
            }
        }
        return result;
    }

    /** Whether all moves that {@code move} must follow have succeeded. */
    public boolean unblocked(Move move) {
        return move.after().stream().allMatch(id -> progressOf(id).state() == State.SUCCEEDED);
    }

    private int indexOf(String id) {
        for (int i = 0; i < progress.size(); i++) {
            if (progress.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("The plan (" + plan + ") has no move (" + id + ").");
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ExpectedResult;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanSpec;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlannedMove;
import dev.drover.api.v1alpha1.SnapshotReference;
import dev.drover.api.v1alpha1.VirtualMachineReference;
import dev.drover.model.Migration;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import dev.drover.placement.Score;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.Plan;
import dev.drover.plan.Policy;
import dev.drover.status.Message;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans as the values that are decided on, and as the custom resources that people read and approve. */
final class PlanRecords {
    static final String POLICY_LABEL = "drover.dev/policy";

    private static final int LONGEST_POLICY_IN_NAME = 40;

    // The most that the schema takes.
    static final long MOST_GAIN = 1_000_000_000;
    static final Duration LONGEST_MOVE = Duration.ofDays(7);
    static final Duration LONGEST_PLAN = Duration.ofDays(365);

    private PlanRecords() {}

    /** What a proposal promises. */
    record Promise(Score before, Score after) {}

    static MigrationPlan toResource(String policy, Plan plan, Promise promise, SnapshotReference snapshot) {
        MigrationPlan resource = new MigrationPlan();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(name(policy, snapshot.digest()))
                .addToLabels(POLICY_LABEL, shortened(policy))
                .build());
        resource.setSpec(new MigrationPlanSpec(
                policy,
                reason(plan.moves()),
                new ExpectedResult(
                        (int) Math.floor(promise.before().value()),
                        (int) Math.floor(promise.after().value()),
                        (int) Math.clamp(Math.ceil(plan.makespanSeconds()), 0, LONGEST_PLAN.toSeconds())),
                snapshot,
                plan.refused().size(),
                plan.moves().stream().map(PlanRecords::planned).toList(),
                null));
        return resource;
    }

    static String name(String policy, String digest) {
        return prefix(policy) + digest.substring(0, Math.min(10, digest.length()));
    }

    /** Without its policy nobody would carry a plan out, end it or clear it away. */
    static OwnerReference ownedBy(Policy policy) {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(PlacementPolicy.class))
                .withKind(HasMetadata.getKind(PlacementPolicy.class))
                .withName(policy.name())
                .withUid(policy.uid())
                .build();
    }

    /** A name that none of these plans has: the next number after those of the same proposal, however many of them are gone. */
    static String unused(String name, List<MigrationPlan> plans) {
        OptionalInt last = plans.stream()
                .map(plan -> plan.getMetadata().getName())
                .filter(other -> other.equals(name) || other.matches(Pattern.quote(name) + "-[0-9]{1,9}"))
                .mapToInt(other -> other.equals(name) ? 0 : Integer.parseInt(other.substring(name.length() + 1)))
                .max();
        return last.isPresent() ? name + "-" + (last.getAsInt() + 1) : name;
    }

    /** What the names of a policy's plans begin with. */
    static String prefix(String policy) {
        return shortened(policy) + "-";
    }

    private static String shortened(String policy) {
        String cut = policy.length() <= LONGEST_POLICY_IN_NAME ? policy : policy.substring(0, LONGEST_POLICY_IN_NAME);
        return cut.replaceAll("[^a-z0-9]+$", "");
    }

    private static MoveReason reason(List<Move> moves) {
        return moves.stream()
                .map(Move::reason)
                .min(Comparator.naturalOrder())
                .map(PlanRecords::toReason)
                .orElse(MoveReason.BALANCE);
    }

    /** What the plan that ordered a migration says that it is for; null when there is no such plan. */
    static Relocation.@Nullable Reason purposeOf(List<MigrationPlan> plans, Migration migration) {
        for (MigrationPlan plan : plans) {
            for (PlannedMove move : plan.getSpec().moves()) {
                if ((plan.getMetadata().getName() + "/" + move.id()).equals(migration.move())) {
                    return toPurpose(move.reason());
                }
            }
        }
        return null;
    }

    /** The migrations that the plans say are running, as far as the plans know them. */
    static List<Migration> underway(List<MigrationPlan> plans) {
        List<Migration> result = new ArrayList<>();
        for (MigrationPlan plan : plans) {
            if (PlanStatuses.ended(plan)) {
                continue;
            }
            Execution execution = toExecution(plan);
            for (Move move : execution.moves()) {
                MoveProgress progress = execution.progressOf(move.id());
                if (progress.state() == MoveProgress.State.RUNNING
                        && progress.migration() != null
                        && progress.started() != null) {
                    result.add(migration(execution, move, progress.migration(), progress.started()));
                }
            }
        }
        return result;
    }

    private static Migration migration(Execution execution, Move move, String name, Instant since) {
        return new Migration(
                name,
                "",
                move.vm(),
                Migration.Phase.UNKNOWN,
                move.from(),
                move.to(),
                true,
                execution.plan() + "/" + move.id(),
                since,
                since,
                "");
    }

    static MoveReason toReason(Relocation.Reason purpose) {
        return switch (purpose) {
            case BALANCE -> MoveReason.BALANCE;
            case FORECAST -> MoveReason.FORECAST;
            case MAKE_ROOM -> MoveReason.MAKE_ROOM;
            case REQUESTED -> MoveReason.REQUESTED;
            case CONSTRAINT_REPAIR -> MoveReason.CONSTRAINT_REPAIR;
            case CONSOLIDATION -> MoveReason.CONSOLIDATION;
        };
    }

    static Relocation.Reason toPurpose(MoveReason reason) {
        return switch (reason) {
            case BALANCE -> Relocation.Reason.BALANCE;
            case FORECAST -> Relocation.Reason.FORECAST;
            case MAKE_ROOM -> Relocation.Reason.MAKE_ROOM;
            case REQUESTED -> Relocation.Reason.REQUESTED;
            case CONSTRAINT_REPAIR -> Relocation.Reason.CONSTRAINT_REPAIR;
            case CONSOLIDATION -> Relocation.Reason.CONSOLIDATION;
        };
    }

    private static PlannedMove planned(Move move) {
        return new PlannedMove(
                move.id(),
                new VirtualMachineReference(move.vm().namespace(), move.vm().name(), move.vmUid()),
                move.from(),
                move.to(),
                move.after(),
                toReason(move.reason()),
                Message.fitting(move.why()),
                move.priority(),
                Math.clamp(Math.round(move.gain() * 1000), -MOST_GAIN, MOST_GAIN),
                (int) Math.clamp(Math.ceil(move.seconds()), 0, LONGEST_MOVE.toSeconds()));
    }

    static Execution toExecution(MigrationPlan resource) {
        List<Move> moves =
                resource.getSpec().moves().stream().map(PlanRecords::move).toList();
        List<MoveStatus> states =
                resource.getStatus() == null ? List.of() : resource.getStatus().moves();
        Map<String, MoveStatus> byId = states.stream()
                .collect(Collectors.toMap(MoveStatus::id, Function.identity(), (first, second) -> second));
        return new Execution(
                resource.getMetadata().getName(),
                moves,
                moves.stream().map(move -> progress(move, byId)).toList());
    }

    private static Move move(PlannedMove planned) {
        VirtualMachineReference vm = planned.virtualMachine();
        return new Move(
                planned.id(),
                new VmId(vm.namespace(), vm.name()),
                vm.uid(),
                planned.from(),
                planned.to(),
                planned.after(),
                toPurpose(planned.reason()),
                Objects.requireNonNullElse(planned.message(), ""),
                planned.priority(),
                Objects.requireNonNullElse(planned.gain(), 0L) / 1000.0,
                Objects.requireNonNullElse(planned.costSeconds(), 0));
    }

    private static MoveProgress progress(Move move, Map<String, MoveStatus> byId) {
        MoveStatus status = byId.get(move.id());
        if (status == null) {
            return MoveProgress.pending(move.id());
        }
        return new MoveProgress(
                move.id(),
                MoveProgress.State.valueOf(status.state().name()),
                status.migration(),
                status.started(),
                status.finished(),
                Objects.requireNonNullElse(status.message(), ""));
    }

    static List<MoveStatus> toStatuses(Execution execution) {
        return execution.progress().stream()
                .map(progress -> new MoveStatus(
                        progress.id(),
                        MoveState.valueOf(progress.state().name()),
                        progress.migration(),
                        progress.started(),
                        progress.finished(),
                        progress.message().isEmpty() ? null : Message.fitting(progress.message())))
                .toList();
    }

    /** What makes two plans the same: the same virtual machines, at the same point of their history, to the same nodes. */
    static SnapshotReference reference(Plan plan, String policyUid, Function<Move, String> stateOf, Instant now) {
        String content = plan.moves().stream()
                .map(move -> move.vmUid() + ">" + move.to() + "@" + stateOf.apply(move))
                .sorted()
                .collect(Collectors.joining("\n", policyUid + "\n", ""));
        return new SnapshotReference(now, Digest.of(content));
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.SnapshotReference;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import dev.drover.plan.Move;
import dev.drover.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;

/** MigrationPlans for tests. */
final class Plans {
    static final String DIGEST = "0123456789abcdef0123456789abcdef";

    private Plans() {}

    /** Moves m0, m1 ... of the virtual machines web-0, web-1 ... from n1 to n2, each after the one before. */
    static MigrationPlan of(int moves) {
        return of(IntStream.range(0, moves).mapToObj(Plans::move).toList());
    }

    static MigrationPlan of(List<Move> moves) {
        MigrationPlan plan = PlanRecords.toResource(
                "default",
                new Plan(moves, List.of(), 40.5, 10),
                new PlanRecords.Promise(scored(61.9), scored(80.2)),
                new SnapshotReference(World.NOW, DIGEST));
        plan.getMetadata().setUid("uid-plan");
        plan.getMetadata().setGeneration(1L);
        plan.getMetadata().setCreationTimestamp(World.NOW.toString());
        return plan;
    }

    private static Score scored(double value) {
        return new Score(0, 0, 0, value);
    }

    private static Move move(int number) {
        return new Move(
                "m" + number,
                new VmId(World.NAMESPACE, "web-" + number),
                "vm-web-" + number,
                "n1",
                "n2",
                number == 0 ? List.of() : List.of("m" + (number - 1)),
                number == 0 ? Relocation.Reason.CONSTRAINT_REPAIR : Relocation.Reason.BALANCE,
                "relieves n1",
                3,
                0.25,
                12);
    }
}

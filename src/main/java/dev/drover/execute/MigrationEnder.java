package dev.drover.execute;

import dev.drover.kubevirt.LiveMoves;
import dev.drover.kubevirt.PodAddress;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Migration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ends a migration of ours: the only place that deletes one. KubeVirt acts on a deleted migration only before the hand-off to the nodes
 * and while memory is being copied; in between the target pod has to go. A target pod on a dead node is removed by force only as long as
 * no copying has begun, since afterwards it might hold the guest. Called by the loop's thread only.
 */
public final class MigrationEnder {
    private static final long GRACE_SECONDS = 1;

    /** How long after its deletion a pod may stay before its node counts as unable to end it. */
    private static final Duration TERMINATING = Duration.ofSeconds(10);

    /** How long an abort may take before the nodes are suspected. */
    private static final Duration ABORTING = Duration.ofSeconds(60);

    private final LiveMoves kubevirt;
    private final Leadership leadership;
    private final InstantSource clock;

    public MigrationEnder(LiveMoves kubevirt, Leadership leadership, InstantSource clock) {
        this.kubevirt = kubevirt;
        this.leadership = leadership;
        this.clock = clock;
    }

    /**
     * Idempotent: called again in each cycle until the migration is final.
     *
     * @param overdue how long ago it should have ended
     */
    public Ended end(Migration migration, Duration overdue) {
        if (!leadership.confirmed()) {
            return new Ended.Ending("This replica no longer holds the lease; the leader ends it.");
        }
        String namespace = migration.vm().namespace();
        kubevirt.deleteMigration(namespace, migration.name(), migration.uid());
        return switch (migration.phase()) {
            case PENDING, UNSET, UNKNOWN, SUCCEEDED, FAILED -> new Ended.Ending("The migration was deleted.");
            case RUNNING -> aborting(migration, overdue);
            case SCHEDULING, SCHEDULED, PREPARING_TARGET, TARGET_READY -> endTarget(migration, overdue);
        };
    }

    /** The guest may be on either node by now, so nothing more is done to the pods. */
    private static Ended aborting(Migration migration, Duration overdue) {
        return overdue.compareTo(ABORTING) < 0
                ? new Ended.Ending("KubeVirt was told to abort the copying of memory.")
                : new Ended.Stalled(
                        "The migration (%s) of (%s) copies memory to the node (%s) and does not end. Check both nodes; fence the one that is dead."
                                .formatted(migration.name(), migration.vm(), migration.target()));
    }

    private Ended endTarget(Migration migration, Duration overdue) {
        Optional<VirtualMachineInstance> instance =
                kubevirt.instance(migration.vm().namespace(), migration.vm().name());
        Optional<SlimPod> target = kubevirt.targetPod(migration.vm().namespace(), migration.uid());
        if (instance.isEmpty() || target.isEmpty() || target.get().finished()) {
            return new Ended.Ending("The migration was deleted; it has no target pod.");
        }
        if (copying(instance.get(), migration)) {
            return aborting(migration, overdue);
        }
        SlimPod pod = target.get();
        String deleted = pod.getMetadata().getDeletionTimestamp();
        if (deleted == null) {
            kubevirt.deletePod(PodAddress.of(pod), GRACE_SECONDS);
            return new Ended.Ending("The migration and its target pod were deleted.");
        }
        if (clock.instant().isBefore(Instant.parse(deleted).plus(TERMINATING)) || ready(pod)) {
            return new Ended.Ending("The target pod is terminating.");
        }
        kubevirt.deletePod(PodAddress.of(pod), 0);
        return new Ended.Ending(
                "The target pod was removed by force: its node (%s) is not ready, and no memory had been copied."
                        .formatted(pod.getSpec().nodeName()));
    }

    private static boolean copying(VirtualMachineInstance instance, Migration migration) {
        VirtualMachineInstance.MigrationState state = instance.getStatus().migrationState();
        return state != null && migration.uid().equals(state.migrationUid()) && state.startTimestamp() != null;
    }

    private boolean ready(SlimPod pod) {
        String node = pod.getSpec().nodeName();
        return node == null
                || kubevirt.node(node)
                        .map(SlimNode::getStatus)
                        .map(SlimNode.Status::ready)
                        .orElse(false);
    }
}

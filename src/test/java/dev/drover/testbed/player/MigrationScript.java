package dev.drover.testbed.player;

import dev.drover.testbed.player.Fault.Phase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the two nodes of a live migration do, step by step. Runs on the actor's thread. */
final class MigrationScript {

    private static final String ABORTED = "Live migration has been aborted";
    private static final double LISTEN_SECONDS = 0.3;
    private static final double BEGIN_SECONDS = 0.2;
    private static final double ABORT_SECONDS = 0.5;
    private static final double FINISH_SECONDS = 0.1;

    private final NodeSide nodeSide;
    private final Scene scene;
    private final Tally tally;
    private final Journey journey;
    private @Nullable Future<?> nextTick;

    MigrationScript(NodeSide nodeSide, Scene scene, Tally tally, Journey journey) {
        this.nodeSide = nodeSide;
        this.scene = scene;
        this.tally = tally;
        this.journey = journey;
    }

    void look(Guest guest, MigrationState migration) {
        switch (migration.stage()) {
            case PREPARING_TARGET -> listen(guest, migration);
            case TARGET_READY -> begin(guest, migration);
            case RUNNING -> copy(guest, migration);
            case ARRIVED -> complete(guest, migration);
            case OVER -> cleanUp(guest, migration);
        }
    }

    /** A target pod: it may be meant to fail before its migration reaches the nodes. */
    void lookAtTarget(PodView pod) {
        if (pod.ended() || !alive(pod.node())) {
            return;
        }
        scene.world().guest(pod.vmiUid()).ifPresent(guest -> {
            for (var fault :
                    journey.faults().of(pod.migrationUid(), guest.view().id(), pod.node())) {
                if (fault instanceof Fault.FailBeforeHandOff(var reason)) {
                    nodeSide.endPod(pod, false, reason);
                }
            }
        });
    }

    /** The copy of a guest, if there is one, ends without a result. */
    void drop(Guest guest) {
        var transfer = guest.transfer();
        if (transfer != null) {
            moveOn();
            journey.links().remove(transfer);
            guest.transfer(null);
            wakeLater();
        }
    }

    private void listen(Guest guest, MigrationState migration) {
        var called = guest.view().labels().containsKey(VmiView.TARGET_LABEL);
        if (called
                && alive(migration.targetNode())
                && !hangs(guest, migration, Phase.PREPARING_TARGET)
                && nodeSide.due(guest, "listen " + migration.uid(), LISTEN_SECONDS)) {
            nodeSide.write(guest, VmiPatches.listen(guest.view(), migration), () -> {});
        }
    }

    private void begin(Guest guest, MigrationState migration) {
        if (alive(migration.sourceNode())
                && !hangs(guest, migration, Phase.TARGET_READY)
                && nodeSide.due(guest, "begin " + migration.uid(), BEGIN_SECONDS)) {
            nodeSide.write(guest, VmiPatches.begin(migration, scene.time().stamp()), () -> {});
        }
    }

    private void copy(Guest guest, MigrationState migration) {
        if (!alive(migration.sourceNode())) {
            return;
        }
        moveOn();
        var transfer = transferOf(guest, migration);
        wakeLater();
        if (targetIsLost(guest, transfer)) {
            fail(
                    guest,
                    migration,
                    "The connection to the target pod (%s) is lost".formatted(migration.text("targetPod")));
        } else if (migration.abortRequested() && !migration.abortStatus().equals("Failed")) {
            abort(guest, migration, transfer);
        } else {
            obey(guest, migration, transfer);
        }
    }

    private void obey(Guest guest, MigrationState migration, Transfer transfer) {
        var doomed = fault(guest, migration, Fault.FailWhileRunning.class);
        if (doomed.isPresent()) {
            failSoon(guest, migration, doomed.get());
            return;
        }
        switch (transfer.verdict(scene.time().seconds())) {
            case GOES_ON -> {}
            case ARRIVED -> arrive(guest, migration);
            case POST_COPY -> {
                transfer.switchToPostCopy();
                nodeSide.write(guest, VmiPatches.postCopy(migration), () -> {});
            }
            case PAUSE_GUEST -> {
                transfer.pauseGuest();
                nodeSide.write(
                        guest,
                        VmiPatches.pause(guest.view(), migration, scene.time().stamp()),
                        () -> {});
            }
            case ABORT -> failAborted(guest, migration);
        }
    }

    /** Half a second, so that the migration is seen running before it fails. */
    private void failSoon(Guest guest, MigrationState migration, Fault.FailWhileRunning fault) {
        if (nodeSide.due(guest, "fail " + migration.uid(), ABORT_SECONDS)) {
            fail(guest, migration, fault.reason());
        }
    }

    private void arrive(Guest guest, MigrationState migration) {
        if (alive(migration.targetNode())) {
            nodeSide.write(
                    guest,
                    VmiPatches.arrive(guest.view(), migration, scene.time().stamp()),
                    () -> drop(guest));
        }
    }

    private void complete(Guest guest, MigrationState migration) {
        drop(guest);
        if (alive(migration.targetNode()) && nodeSide.due(guest, "finish " + migration.uid(), FINISH_SECONDS)) {
            nodeSide.write(guest, VmiPatches.complete(guest.view(), migration), tally.succeeded::incrementAndGet);
        }
    }

    private void abort(Guest guest, MigrationState migration, Transfer transfer) {
        if (!migration.abortStatus().equals("Aborting")) {
            nodeSide.write(guest, VmiPatches.abort(migration, "Aborting"), () -> {});
        } else if (nodeSide.due(guest, "abort " + migration.uid(), ABORT_SECONDS)) {
            var refused = transfer.postCopy()
                    || fault(guest, migration, Fault.AbortFails.class).isPresent();
            if (refused) {
                nodeSide.write(guest, VmiPatches.abort(migration, "Failed"), () -> {});
            } else {
                failAborted(guest, migration);
            }
        }
    }

    private void failAborted(Guest guest, MigrationState migration) {
        var patch = VmiPatches.fail(
                        guest.view(), migration, ABORTED, scene.time().stamp())
                .set("/status/migrationState/abortStatus", "Succeeded");
        finish(guest, patch, tally.aborted::incrementAndGet);
    }

    private void fail(Guest guest, MigrationState migration, String reason) {
        finish(
                guest,
                VmiPatches.fail(guest.view(), migration, reason, scene.time().stamp()),
                tally.failed::incrementAndGet);
    }

    private void finish(Guest guest, JsonPatch patch, Runnable count) {
        nodeSide.write(guest, patch, () -> {
            drop(guest);
            count.run();
        });
    }

    /** The target forgets the migration; the pod that has no guest any more ends. */
    private void cleanUp(Guest guest, MigrationState migration) {
        drop(guest);
        var vmi = guest.view();
        var left = migration.text(migration.failed() ? "targetPod" : "sourcePod");
        scene.world().podsOf(vmi.uid()).stream()
                .filter(pod -> pod.id().name().equals(left))
                .forEach(pod -> nodeSide.endPod(pod, true, ""));
        var forgotten = !vmi.labels().containsKey(VmiView.TARGET_LABEL);
        if (!forgotten && !migration.text("endTimestamp").isEmpty() && alive(migration.targetNode())) {
            nodeSide.write(guest, VmiPatches.forget(vmi, migration), () -> {});
        }
    }

    private Transfer transferOf(Guest guest, MigrationState migration) {
        var known = guest.transfer();
        if (known == null || !known.migration.uid().equals(migration.uid())) {
            drop(guest);
            var now = journey.demands().now(guest.view());
            known = new Transfer(
                    migration,
                    new Transfer.Load(
                            now.memory(), now.dirtyRate(), guest.view().memory()),
                    scene.time().seconds());
            guest.transfer(known);
            journey.links().add(known);
        }
        known.held = hangs(guest, migration, Phase.RUNNING);
        known.slowness = fault(guest, migration, Fault.Slow.class)
                .map(Fault.Slow::factor)
                .orElse(1.0);
        return known;
    }

    private boolean targetIsLost(Guest guest, Transfer transfer) {
        var name = transfer.migration.text("targetPod");
        var target = scene.world().podsOf(guest.view().uid()).stream()
                .filter(pod -> pod.id().name().equals(name))
                .findFirst();
        transfer.targetPodSeen |= target.isPresent();
        return transfer.targetPodSeen && target.map(PodView::ended).orElse(true);
    }

    /** Moves all copies on to now, before anything changes a speed. */
    void moveOn() {
        journey.links().advance(scene.time().seconds());
    }

    /** Looks again when the next copy has something to tell. */
    void wakeLater() {
        if (nextTick != null) {
            nextTick.cancel(false);
        }
        var seconds = journey.links().secondsToGo();
        if (seconds < Double.POSITIVE_INFINITY) {
            nextTick = scene.actor().after(seconds, this::tick);
        }
    }

    private void tick() {
        moveOn();
        wakeLater();
        scene.world().guests().stream()
                .filter(guest -> guest.transfer() != null)
                .forEach(nodeSide::look);
    }

    private boolean alive(String node) {
        return scene.world().alive(node);
    }

    private boolean hangs(Guest guest, MigrationState migration, Phase phase) {
        return faults(guest, migration).contains(new Fault.Hang(phase));
    }

    private <T extends Fault> Optional<T> fault(Guest guest, MigrationState migration, Class<T> kind) {
        return faults(guest, migration).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private List<Fault> faults(Guest guest, MigrationState migration) {
        return journey.faults().of(migration.uid(), guest.view().id(), migration.targetNode());
    }
}

package dev.drover.testbed.player;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the nodes do next for each VMI. Runs on the actor's thread; decides on what was last seen, writes one patch at a time for each VMI and
 * looks again when it is written or when something changes.
 */
final class NodeSide {

    private static final double BOOT_SECONDS = 0.5;
    private static final long RETRY_MILLIS = 200;

    private final Scene scene;
    private final Tally tally;
    private final MigrationScript migrations;
    private final Probes probes;
    private final Set<String> ending = new HashSet<>();

    NodeSide(Scene scene, Tally tally, Journey journey) {
        this.scene = scene;
        this.tally = tally;
        this.probes = new Probes(scene);
        this.migrations = new MigrationScript(this, scene, tally, journey);
    }

    /** Looks at a VMI and does what is due. Idempotent: with nothing to do, nothing happens. */
    void look(Guest guest) {
        var vmi = guest.view();
        if (guest.writing()) {
            return;
        }
        if (vmi.deleting()) {
            end(guest, true);
        } else if (vmi.phase().equals("Scheduled")) {
            start(guest);
        } else if (vmi.phase().equals("Running")) {
            vmi.migration().ifPresent(migration -> migrations.look(guest, migration));
        } else {
            migrations.drop(guest);
        }
    }

    void lookAtAll() {
        scene.world().guests().forEach(this::look);
    }

    /** A node gains or loses its power by the given change. */
    void power(Runnable change) {
        migrations.moveOn();
        change.run();
        migrations.wakeLater();
        lookAtAll();
    }

    /** A launcher pod is new or has changed. */
    void lookAt(PodView pod) {
        if (!pod.migrationUid().isEmpty()) {
            migrations.lookAtTarget(pod);
        }
        scene.world().guest(pod.vmiUid()).ifPresent(guest -> {
            probes.settled(guest.view().id(), pod);
            look(guest);
        });
    }

    /** Who answers the probes, and who does not. */
    void probes(Consumer<Probes> change) {
        change.accept(probes);
        scene.world().pods().forEach(this::lookAt);
    }

    /** What the probes find is known before the guest is said to run: nobody is ready for a moment only. */
    private boolean probed(Guest guest) {
        return scene.world().podsOf(guest.view().uid()).stream()
                .map(pod -> probes.settled(guest.view().id(), pod))
                .reduce(true, Boolean::logicalAnd);
    }

    /** The VMI is gone. */
    void drop(Guest guest) {
        migrations.drop(guest);
        if (!guest.view().node().isEmpty()) {
            tally.stops.incrementAndGet();
        }
    }

    /** The guest breaks down and takes its launcher along. */
    void crash(Guest guest) {
        if (guest.writing()) {
            scene.actor().afterMillis(RETRY_MILLIS, () -> crash(guest));
            return;
        }
        end(guest, false);
        scene.world().podsOf(guest.view().uid()).forEach(pod -> endPod(pod, false, "The guest has crashed"));
    }

    private void end(Guest guest, boolean well) {
        var vmi = guest.view();
        var began = vmi.phase().equals("Scheduled") || vmi.phase().equals("Running");
        if (began && !guest.writing() && scene.world().alive(vmi.node())) {
            migrations.drop(guest);
            write(guest, VmiPatches.end(vmi, well, scene.time().stamp()), () -> {});
        }
    }

    private void start(Guest guest) {
        var vmi = guest.view();
        if (scene.world().alive(vmi.node()) && probed(guest) && due(guest, "boot", BOOT_SECONDS)) {
            var node = scene.world().labels(vmi.node());
            write(guest, VmiPatches.start(vmi, node, scene.time().stamp()), tally.starts::incrementAndGet);
        }
    }

    /** Whether a step that takes some played seconds has taken them; if not, the VMI is looked at again when it has. */
    boolean due(Guest guest, String step, double playedSeconds) {
        if (guest.waitsFor(step, scene.time().seconds() + playedSeconds)) {
            scene.actor().after(playedSeconds, () -> look(guest));
            return false;
        }
        return guest.isDue(scene.time().seconds());
    }

    /** Writes a patch; afterwards the VMI is looked at again. */
    void write(Guest guest, JsonPatch patch, Runnable onceWritten) {
        guest.writing(true);
        scene.writes().vmi(guest.view().id(), patch, outcome -> {
            guest.writing(false);
            switch (outcome) {
                case Writes.Outcome.Written(var vmi) -> {
                    guest.see(vmi);
                    onceWritten.run();
                    look(guest);
                }
                case Writes.Outcome.Refused() -> scene.actor().afterMillis(RETRY_MILLIS, () -> look(guest));
                case Writes.Outcome.Gone() -> migrations.drop(guest);
            }
        });
    }

    /** The containers of a pod end; on a dead node nothing ends. */
    void endPod(PodView pod, boolean well, String reason) {
        if (!pod.ended() && scene.world().alive(pod.node()) && ending.add(pod.uid())) {
            scene.writes()
                    .podStatus(
                            pod.id(),
                            PodPatches.ended(pod, well, reason, scene.time().stamp()),
                            written -> {
                                if (!written) {
                                    ending.remove(pod.uid());
                                }
                            });
        }
    }

    /** A launcher pod is gone. */
    void lost(PodView pod) {
        ending.remove(pod.uid());
        probes.lost(pod);
        lookAt(pod);
    }
}

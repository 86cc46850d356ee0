package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.service.disk.DiskAim;
import dev.drover.service.disk.DiskProgress;
import dev.drover.service.disk.DiskTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a relocation in which disks that only the first node reaches are copied: before the virtual machine stops they get volumes
 * on the other node, while it is stopped the data is copied and the claims are bound to these, and only when it is ready there the volumes
 * at the source are let go (P17). If it does not come to that, the claims are bound to the volumes that they were bound to before. Pure.
 */
final class DiskPath {
    private final String namespace;
    private final ServiceRelocation entry;
    private final Seen seen;
    private final Terms terms;

    DiskPath(String namespace, ServiceRelocation entry, Seen seen, Terms terms) {
        this.namespace = namespace;
        this.entry = entry;
        this.seen = seen;
        this.terms = terms;
    }

    /**
     * What is seen of the virtual machine.
     *
     * @param application that it belongs to
     * @param ordered the order still stands
     * @param hold why something of it may still run (P18); empty when nothing does
     * @param ready it is ready on the node that it was to come to
     * @param copying what the last look at the disks found; null without one
     */
    record Seen(String application, boolean ordered, String hold, boolean ready, @Nullable Copying copying) {}

    /** @param deadline how long each part may take in which nothing works on it */
    record Terms(Duration deadline, Instant now) {}

    static boolean isOn(RelocationState state) {
        return switch (state) {
            case PREPARING, COPYING, ATTACHING, RESTORING, CLEANING -> true;
            case WAITING, MOVING, STOPPING, STARTING, WITHDRAWING, RETURNING, RELEASING, SUCCEEDED, FAILED, REFUSED ->
                false;
        };
    }

    /** Where a virtual machine without such disks would go on, one with them takes its disks along. */
    static Way along(ServiceRelocation entry, Way way) {
        return entry.disks().isEmpty() || !(way instanceof Way.Pass pass)
                ? way
                : new Way.Pass(along(entry.state(), pass), pass.fault(), pass.why(), pass.disks());
    }

    private static RelocationState along(RelocationState from, Way.Pass pass) {
        return switch (pass.state()) {
            case STARTING -> from == RelocationState.STOPPING ? RelocationState.COPYING : RelocationState.STARTING;
            case RETURNING ->
                from == RelocationState.WITHDRAWING ? RelocationState.RESTORING : RelocationState.RETURNING;
            case RELEASING -> pass.fault() == RelocationFault.TAKEN_BACK ? takenBack(from) : RelocationState.RELEASING;
            case SUCCEEDED, FAILED, REFUSED ->
                from == RelocationState.CLEANING ? pass.state() : RelocationState.CLEANING;
            case WAITING, MOVING, PREPARING, STOPPING, COPYING, ATTACHING, WITHDRAWING, RESTORING, CLEANING ->
                pass.state();
        };
    }

    private static RelocationState takenBack(RelocationState from) {
        return switch (from) {
            case COPYING, ATTACHING -> RelocationState.RESTORING;
            case STARTING, WITHDRAWING -> RelocationState.WITHDRAWING;
            default -> RelocationState.RELEASING;
        };
    }

    /** When the virtual machine itself is gone its claims are left as they were before, if it was not ready on the other node. */
    Way withoutMachine() {
        return switch (entry.state()) {
            case PREPARING, STOPPING, RETURNING, RELEASING -> takenAway(RelocationState.CLEANING);
            case COPYING, ATTACHING, STARTING, WITHDRAWING -> takenAway(RelocationState.RESTORING);
            case RESTORING -> toward(DiskAim.RESTORE, RelocationState.CLEANING, null);
            case CLEANING -> cleaning();
            case WAITING, MOVING, SUCCEEDED, FAILED, REFUSED -> new Way.Wait("");
        };
    }

    private Way takenAway(RelocationState next) {
        boolean there = entry.state() == RelocationState.RELEASING && entry.fault() == null;
        return there ? Way.Pass.to(next) : new Way.Pass(next, RelocationFault.TAKEN_BACK, "It was taken away.");
    }

    Way next() {
        return switch (entry.state()) {
            case PREPARING ->
                seen.ordered()
                        ? toward(DiskAim.PREPARE, RelocationState.STOPPING, RelocationState.CLEANING)
                        : new Way.Pass(
                                RelocationState.CLEANING,
                                RelocationFault.TAKEN_BACK,
                                "It was taken back before it was stopped.");
            case COPYING -> copying();
            case ATTACHING -> toward(DiskAim.ATTACH, RelocationState.STARTING, RelocationState.RESTORING);
            case RESTORING -> toward(DiskAim.RESTORE, RelocationState.RETURNING, null);
            case CLEANING -> cleaning();
            case WAITING, MOVING, STOPPING, STARTING, WITHDRAWING, RETURNING, RELEASING, SUCCEEDED, FAILED, REFUSED ->
                new Way.Wait("");
        };
    }

    private Way copying() {
        if (!seen.ordered()) {
            return new Way.Pass(
                    RelocationState.RESTORING,
                    RelocationFault.TAKEN_BACK,
                    "It was taken back before it was ready on another node.");
        }
        return seen.hold().isEmpty()
                ? toward(DiskAim.COPY, RelocationState.ATTACHING, RelocationState.RESTORING)
                : new Way.Wait(seen.hold());
    }

    /** @param otherwise where to when it fails or takes too long; null: it goes on until it is done */
    private Way toward(DiskAim aim, RelocationState then, @Nullable RelocationState otherwise) {
        Copying last = seen.copying();
        if (last == null || !last.answers(entry, terms.now())) {
            return new Way.Take(new Step.Disks(seen.application(), entry.virtualMachine(), entry.state(), task(aim)));
        }
        return switch (last.progress()) {
            case DiskProgress.Done done -> new Way.Pass(then, null, "", done.disks());
            case DiskProgress.Failed failed ->
                otherwise == null ? new Way.Wait(failed.why()) : notCopied(otherwise, failed.why());
            case DiskProgress.Underway underway ->
                otherwise != null && !underway.working() && overdue()
                        ? notCopied(
                                otherwise,
                                "It took longer than %d s. %s"
                                        .formatted(terms.deadline().toSeconds(), underway.why()))
                        : new Way.Wait(underway.why());
        };
    }

    private DiskTask task(DiskAim aim) {
        return new DiskTask(
                namespace,
                entry.virtualMachine(),
                entry.ordered(),
                Objects.requireNonNullElse(entry.from(), ""),
                Objects.requireNonNullElse(entry.to(), ""),
                entry.disks(),
                aim);
    }

    private static Way notCopied(RelocationState next, String why) {
        return new Way.Pass(next, RelocationFault.DATA_NOT_COPIED, why.strip());
    }

    /** What is left over is said, and keeps nobody else from being relocated. */
    private Way cleaning() {
        boolean there = entry.fault() == null;
        RelocationState end = end();
        if (there && !seen.ready()) {
            return overdue()
                    ? left(
                            end,
                            "It was not ready for %d s."
                                    .formatted(terms.deadline().toSeconds()))
                    : new Way.Wait("It is not ready: its data at the source is kept until it is.");
        }
        Way way = toward(there ? DiskAim.CLEAN_SOURCE : DiskAim.CLEAN_TARGET, end, end);
        return way instanceof Way.Pass pass && pass.fault() != null ? left(end, pass.why()) : way;
    }

    private Way left(RelocationState end, String why) {
        return new Way.Pass(
                end,
                null,
                "Not all that is not needed any more could be deleted; look for drover.dev/copy and for volumes with drover.dev/claim. "
                        + why,
                entry.disks());
    }

    private RelocationState end() {
        boolean stopped = entry.steps().stream()
                .anyMatch(step -> step.state() == RelocationState.COPYING || step.state() == RelocationState.RELEASING);
        return entry.fault() == null
                ? RelocationState.SUCCEEDED
                : stopped ? RelocationState.FAILED : RelocationState.REFUSED;
    }

    private boolean overdue() {
        return ColdPath.entered(entry).plus(terms.deadline()).isBefore(terms.now());
    }
}

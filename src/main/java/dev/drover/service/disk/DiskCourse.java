package dev.drover.service.disk;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.service.disk.DiskScene.Seen;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides what comes next for the disks of one relocation: a function of what is seen, so that it does not matter where the operator was
 * stopped. Nothing is deleted that a claim of the virtual machine is bound to, or is going to be. Pure.
 */
final class DiskCourse {
    private final DiskTask task;
    private final DiskScene scene;
    private final CopyPods pods;

    DiskCourse(DiskTask task, DiskScene scene, CopyPods pods) {
        this.task = task;
        this.scene = scene;
        this.pods = pods;
    }

    Pass next() {
        return switch (task.aim()) {
            case PREPARE -> prepare();
            case COPY -> copy();
            case ATTACH -> attach();
            case RESTORE -> restore();
            case CLEAN_SOURCE, CLEAN_TARGET -> new DiskCleaning(task, scene).next();
        };
    }

    private Pass prepare() {
        Pod receiver = scene.receiver();
        for (Seen seen : scene.disks()) {
            if (seen.claim() == null || seen.source() == null || !seen.boundTo(seen.source())) {
                return Pass.failed("The claim (%s) is not bound to the volume (%s) any more."
                        .formatted(seen.disk().claim(), seen.disk().source()));
            }
        }
        if (receiver == null) {
            return new Pass(receiving(), DiskProgress.Underway.waiting(making()));
        }
        if (CopyReport.failed(receiver) || CopyReport.succeeded(receiver)) {
            return Pass.failed(CopyReport.words(receiver));
        }
        return ready(receiver) && scene.disks().stream().allMatch(DiskCourse::isMade)
                ? Pass.of(new DiskProgress.Done(disks("")))
                : Pass.waiting(making() + " " + CopyReport.waits(receiver));
    }

    private String making() {
        return "The disks get volumes on the node (%s).".formatted(task.to());
    }

    private List<Act> receiving() {
        List<Act> acts = new ArrayList<>();
        acts.add(new Act.CreateIdentity(task.name()));
        List<PersistentVolumeClaim> claims = new ArrayList<>();
        for (Seen seen : scene.disks()) {
            PersistentVolumeClaim copy = seen.copy();
            if (copy == null) {
                copy = ClaimRecord.copy(
                        Objects.requireNonNull(seen.claim()),
                        Objects.requireNonNull(seen.source()),
                        task,
                        seen.number());
                acts.add(new Act.Create(copy));
            }
            claims.add(copy);
        }
        acts.add(new Act.Create(pods.receiver(task, claims)));
        return acts;
    }

    private static boolean ready(Pod pod) {
        return CopyReport.isIn(pod, "Running")
                && pod.getStatus().getPodIP() != null
                && !pod.getStatus().getPodIP().isEmpty();
    }

    private static boolean isMade(Seen seen) {
        return seen.target() != null
                && seen.copy() != null
                && seen.copy().getStatus() != null
                && "Bound".equals(seen.copy().getStatus().getPhase());
    }

    /** @param checksums of whom; empty where nothing was copied yet */
    private List<RelocationDisk> disks(String checksums) {
        return scene.disks().stream()
                .map(seen -> new RelocationDisk(
                        seen.disk().claim(),
                        seen.disk().source(),
                        Objects.requireNonNull(seen.target()).getMetadata().getName(),
                        checksums.isEmpty() ? null : checksum(seen.number())))
                .toList();
    }

    private String checksum(int disk) {
        return CopyReport.checksum(Objects.requireNonNull(scene.receiver()), disk);
    }

    private Pass copy() {
        Pod receiver = scene.receiver();
        Pod sender = scene.sender();
        if (receiver == null) {
            return Pass.failed("The pod (%s) that received the data is gone.".formatted(task.receiver()));
        }
        if (sender != null && CopyReport.failed(sender)) {
            return Pass.failed(CopyReport.words(sender));
        }
        if (CopyReport.failed(receiver)) {
            return Pass.failed(CopyReport.words(receiver));
        }
        for (Seen seen : scene.disks()) {
            if (!seen.boundTo(seen.source()) || seen.target() == null) {
                return Pass.failed(
                        "The claim (%s) is not bound to the volume (%s) any more, or the volume (%s) is gone."
                                .formatted(
                                        seen.disk().claim(),
                                        seen.disk().source(),
                                        seen.disk().target()));
            }
        }
        if (sender == null) {
            return ready(receiver)
                    ? Pass.waiting("Its data begins to be copied.", new Act.Create(sending(receiver)))
                    : Pass.failed("The pod (%s) ended before any data came.".formatted(task.receiver()));
        }
        if (CopyReport.succeeded(sender) && CopyReport.succeeded(receiver)) {
            return compared(sender, receiver);
        }
        boolean working = CopyReport.isIn(sender, "Running");
        String where = "Its data is being copied to the node (%s).".formatted(task.to());
        return working
                ? Pass.of(new DiskProgress.Underway(where, true))
                : Pass.waiting(where + " " + CopyReport.waits(sender));
    }

    private Pod sending(Pod receiver) {
        List<PersistentVolumeClaim> claims = scene.disks().stream()
                .map(Seen::claim)
                .map(Objects::requireNonNull)
                .toList();
        return pods.sender(task, claims, receiver.getStatus().getPodIP());
    }

    /** Both ends have read the whole of it. */
    private Pass compared(Pod sender, Pod receiver) {
        for (Seen seen : scene.disks()) {
            String read = CopyReport.checksum(sender, seen.number());
            String written = CopyReport.checksum(receiver, seen.number());
            if (read.isEmpty() || !read.equals(written)) {
                return Pass.failed("The checksum of the claim (%s) is (%s) at the source and (%s) at the target."
                        .formatted(seen.disk().claim(), read, written));
            }
        }
        return Pass.of(new DiskProgress.Done(disks(task.receiver())));
    }

    private Pass attach() {
        List<Act> ending = ending();
        return ending.isEmpty() && scene.sender() == null && scene.receiver() == null
                ? bound(true)
                : new Pass(ending, DiskProgress.Underway.waiting("The pods of the copy are ending."));
    }

    /** Who sends only reads, and is on the node where the virtual machine starts again: it is told to end, and not waited for. */
    private Pass restore() {
        Pass bound = bound(false);
        List<Act> acts = new ArrayList<>(ending());
        acts.addAll(bound.acts());
        return new Pass(acts, bound.progress());
    }

    private List<Act> ending() {
        List<Act> acts = new ArrayList<>();
        for (Pod pod : new Pod[] {scene.sender(), scene.receiver()}) {
            if (pod != null && pod.getMetadata().getDeletionTimestamp() == null) {
                acts.add(new Act.DeletePod(pod));
            }
        }
        return acts;
    }

    private Pass bound(boolean toTarget) {
        for (Seen seen : scene.disks()) {
            Pass pass = new DiskBinding(task, seen, toTarget).next();
            if (!(pass.progress() instanceof DiskProgress.Done)) {
                return pass;
            }
        }
        return Pass.of(new DiskProgress.Done(task.disks()));
    }
}

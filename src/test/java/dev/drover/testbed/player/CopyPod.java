package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod that copies disks, and what its node knows of it. Belongs to the actor's thread. */
final class CopyPod {

    private static final String NO_IMAGE = "test.invalid/";

    private Pod pod;
    private boolean started;
    private boolean writing;
    private @Nullable ContainerEnd end;

    CopyPod(Pod pod) {
        this.pod = pod;
    }

    void see(Pod latest) {
        pod = latest;
    }

    Pod pod() {
        return pod;
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    String node() {
        return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
    }

    VmId id() {
        return new VmId(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    /** Nothing is to run in it any more, and nobody wants to know how it ended. */
    boolean over() {
        var phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        return pod.getMetadata().getDeletionTimestamp() != null || phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether KWOK has said that it runs, and an image of its can be had. */
    boolean mayStart() {
        return !started
                && "Running".equals(pod.getStatus().getPhase())
                && pod.getStatus().getPodIP() != null
                && !pod.getSpec().getContainers().getFirst().getImage().startsWith(NO_IMAGE);
    }

    /** What it asks for that is not played, and would be taken for played if it were passed over. */
    Optional<ContainerEnd> refusal() {
        var spec = pod.getSpec();
        var played = spec.getContainers().size() == 1
                && spec.getInitContainers().isEmpty()
                && spec.getContainers().getFirst().getCommand().isEmpty()
                && "Never".equals(spec.getRestartPolicy())
                && spec.getActiveDeadlineSeconds() == null;
        return played
                ? Optional.empty()
                : Optional.of(new ContainerEnd(
                        128,
                        "StartError",
                        "The bed runs copy pods with one container, without a command of its own, with restartPolicy Never and without"
                                + " activeDeadlineSeconds. Play more in CopyPods, or ask for less."));
    }

    void started(boolean whether) {
        started = whether;
    }

    boolean writing() {
        return writing;
    }

    void writing(boolean whether) {
        writing = whether;
    }

    Optional<ContainerEnd> end() {
        return Optional.ofNullable(end);
    }

    /** The first end is the one that counts. */
    void ended(ContainerEnd how) {
        end = end == null ? how : end;
    }
}

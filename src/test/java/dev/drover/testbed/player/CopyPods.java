package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Pod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays kubelet for the pods that Drover makes to copy disks: their program really runs, on the files of the node's volumes. KWOK makes them
 * Running, and ends them once they are deleted. Belongs to the actor's thread.
 */
final class CopyPods {

    /** On every pod that copies disks. */
    static final String LABEL = "drover.dev/copy";

    private static final Logger LOG = System.getLogger(CopyPods.class.getName());
    private static final long RETRY_MILLIS = 1000;

    private final Scene scene;
    private final Faults faults;
    private final CopyPrograms programs;
    private final Map<String, CopyPod> pods = new HashMap<>();

    CopyPods(Scene scene, Faults faults, CopyPrograms programs) {
        this.scene = scene;
        this.faults = faults;
        this.programs = programs;
    }

    void see(Pod pod) {
        var copy = pods.computeIfAbsent(pod.getMetadata().getUid(), _ -> new CopyPod(pod));
        copy.see(pod);
        look(copy);
    }

    void lost(Pod pod) {
        pods.remove(pod.getMetadata().getUid());
        programs.gone(pod);
        scene.writes().other(() -> programs.clear(pod), _ -> {});
    }

    void lookAtAll() {
        List.copyOf(pods.values()).forEach(this::look);
    }

    private void look(CopyPod copy) {
        if (copy.over()) {
            programs.end(copy.uid());
        } else if (!scene.world().alive(copy.node())) {
            if (programs.end(copy.uid())) {
                copy.ended(ContainerEnd.LOST);
            }
        } else if (copy.end().isPresent()) {
            report(copy, copy.end().get());
        } else if (copy.mayStart()) {
            copy.refusal().ifPresentOrElse(end -> ended(copy, end), () -> begin(copy));
        }
    }

    private void begin(CopyPod copy) {
        var fault = faults.ofCopy(copy.uid(), copy.node());
        if (fault.isEmpty()) {
            start(copy);
            return;
        }
        switch (fault.get()) {
            case CopyFault.Fail(var report) -> ended(copy, new ContainerEnd(1, "Error", report));
            case CopyFault.Hang() -> LOG.log(Level.DEBUG, "Pod {0} hangs, as it was told.", copy.id());
        }
    }

    private void start(CopyPod copy) {
        copy.started(true);
        var labels = scene.world().labels(copy.node());
        scene.writes()
                .other(
                        () -> programs.start(
                                copy.pod(), labels, end -> scene.actor().run(() -> ended(copy, end))),
                        wrong -> {
                            wrong.ifPresent(error -> startLater(copy, error));
                            if (pods.containsValue(copy)) {
                                look(copy);
                            } else {
                                programs.end(copy.uid());
                            }
                        });
    }

    /** As kubelet waits for what a pod mounts. */
    private void startLater(CopyPod copy, Exception error) {
        LOG.log(Level.WARNING, "Pod {0} does not start yet: {1}", copy.id(), error.getMessage());
        scene.actor().afterMillis(RETRY_MILLIS, () -> {
            copy.started(false);
            if (pods.containsValue(copy)) {
                look(copy);
            }
        });
    }

    private void ended(CopyPod copy, ContainerEnd end) {
        copy.ended(end);
        if (pods.containsValue(copy)) {
            look(copy);
        }
    }

    private void report(CopyPod copy, ContainerEnd end) {
        if (copy.writing()) {
            return;
        }
        copy.writing(true);
        scene.writes().podStatus(copy.id(), end.patch(copy.pod(), scene.time().stamp()), _ -> copy.writing(false));
    }
}

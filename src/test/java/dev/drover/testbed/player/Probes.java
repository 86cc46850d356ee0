package dev.drover.testbed.player;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether the applications in the guests answer the readiness probes of their launcher pods, as kubelet finds out. Unless told otherwise they
 * do. Belongs to the actor's thread.
 */
final class Probes {

    private final Scene scene;
    private final Set<VmId> silent = new HashSet<>();
    private final Set<String> unready = new HashSet<>();
    private final Set<String> writing = new HashSet<>();

    Probes(Scene scene) {
        this.scene = scene;
    }

    void silence(VmId vm) {
        silent.add(vm);
    }

    void answer(VmId vm) {
        silent.remove(vm);
    }

    void answerAll() {
        silent.clear();
    }

    /** Whether the pod says what the probe finds; if not, it is written. Only kubelet's own verdicts are taken back. */
    boolean settled(VmId vm, PodView pod) {
        if (pod.ended() || !pod.phase().equals("Running") || !scene.world().alive(pod.node())) {
            return true;
        }
        var answers = !silent.contains(vm);
        if (pod.ready() == answers || answers && !unready.contains(pod.uid())) {
            return true;
        }
        if (writing.add(pod.uid())) {
            scene.writes()
                    .podStatus(
                            pod.id(),
                            PodPatches.probed(answers, scene.time().stamp()),
                            written -> written(pod, answers, written));
        }
        return false;
    }

    private void written(PodView pod, boolean answers, boolean written) {
        writing.remove(pod.uid());
        if (written && answers) {
            unready.remove(pod.uid());
        } else if (written) {
            unready.add(pod.uid());
        }
    }

    void lost(PodView pod) {
        unready.remove(pod.uid());
        writing.remove(pod.uid());
    }
}

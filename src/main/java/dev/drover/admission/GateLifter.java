package dev.drover.admission;

import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.PodAddress;
import dev.drover.kubevirt.SlimPod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.TreeMap;

/** Removes the placement gate from every pod in the cluster: what uninstalling Drover needs. */
public final class GateLifter {
    private static final int ATTEMPTS = 3;

    private GateLifter() {}

    /**
     * @param lifted gates that were removed
     * @param failed why the others were not, by pod
     */
    public record Report(int lifted, Map<String, String> failed) {
        public Report {
            failed = Map.copyOf(failed);
        }
    }

    /**
     * Removes all gates, overdue or not. A second call finds none.
     *
     * @throws KubernetesClientException when the pods cannot be listed
     */
    public static Report liftAll(KubeVirtApi api) {
        int lifted = 0;
        Map<String, String> failed = new TreeMap<>();
        for (SlimPod pod : api.gatedPods(DroverAnnotations.GATE)) {
            PodAddress address = PodAddress.of(pod);
            try {
                lifted += lift(api, address, Map.of()) ? 1 : 0;
            } catch (KubernetesClientException refused) {
                failed.put(address.toString(), String.valueOf(refused.getMessage()));
            }
        }
        return new Report(lifted, failed);
    }

    /**
     * Removes one gate and sets annotations in the same write. Others may write gates at the same time: then it reads and tries again.
     *
     * @return whether there was a gate to remove
     */
    static boolean lift(KubeVirtApi api, PodAddress pod, Map<String, String> annotations) {
        for (int attempt = 1; ; attempt++) {
            try {
                return api.removeGate(pod, DroverAnnotations.GATE, annotations);
            } catch (KubernetesClientException refused) {
                if (attempt == ATTEMPTS || !KubeVirtApi.outdated(refused)) {
                    throw refused;
                }
            }
        }
    }
}

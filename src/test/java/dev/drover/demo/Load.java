package dev.drover.demo;

import io.fabric8.kubernetes.client.KubernetesClient;

/** How busy the nodes are, as metrics.k8s.io says: what {@code kubectl top nodes} shows. */
final class Load {

    private final KubernetesClient client;

    Load(KubernetesClient client) {
        this.client = client;
    }

    /** CPU in use, in percent of what the node has. */
    int percent(String node) {
        double used = client.top()
                .nodes()
                .metrics(node)
                .getUsage()
                .get("cpu")
                .getNumericalAmount()
                .doubleValue();
        return (int) Math.round(100 * used / Stage.CORES);
    }
}

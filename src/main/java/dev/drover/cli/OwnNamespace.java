package dev.drover.cli;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The namespace that holds the leader's lease. */
record OwnNamespace(KubernetesClient client, String name) {

    /** Creates it where it is missing. */
    void create() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** @throws IllegalStateException when it is missing */
    void require() {
        if (client.namespaces().withName(name).get() == null) {
            throw new IllegalStateException("the namespace of the leader's lease (" + name
                    + ") does not exist. Run: kubectl create namespace " + name
                    + ", or name another one with --namespace, or start with --install-crds.");
        }
    }
}

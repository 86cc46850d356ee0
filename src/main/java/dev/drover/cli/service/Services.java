package dev.drover.cli.service;

import dev.drover.api.v1alpha1.ApplicationService;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of a cluster. */
final class Services {
    private static final String LIST = "List those that there are with drover service status --all-namespaces.";

    private final KubernetesClient client;

    Services(KubernetesClient client) {
        this.client = client;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    ApplicationService get(String namespace, String name) {
        ApplicationService found = resource(namespace, name).get();
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no service (%s) in the namespace (%s). %s".formatted(name, namespace, LIST));
        }
        return found;
    }

    Resource<ApplicationService> resource(String namespace, String name) {
        return client.resources(ApplicationService.class).inNamespace(namespace).withName(name);
    }

    /**
     * @param namespace or null for all
     * @throws IllegalArgumentException when the cluster does not know the kind
     */
    List<ApplicationService> list(@Nullable String namespace) {
        var services = client.resources(ApplicationService.class);
        try {
            return (namespace == null ? services.inAnyNamespace() : services.inNamespace(namespace))
                    .list()
                    .getItems();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new IllegalArgumentException(
                        "the cluster does not know the kind ApplicationService. Install Drover, or apply its crds/.",
                        refused);
            }
            throw refused;
        }
    }
}

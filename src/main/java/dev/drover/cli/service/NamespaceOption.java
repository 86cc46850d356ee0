package dev.drover.cli.service;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which namespace a service is. */
final class NamespaceOption {
    private static final String DEFAULT = "default";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "The namespace of the service. Default: that of the current context.")
    private @Nullable String namespace;

    String of(KubernetesClient client) {
        if (namespace != null) {
            return namespace;
        }
        String current = client.getConfiguration().getNamespace();
        return current == null || current.isEmpty() ? DEFAULT : current;
    }
}

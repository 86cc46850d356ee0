package dev.drover.cli.option;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a verb speaks to. Without an option: the KUBECONFIG variable, then ~/.kube/config, then the pod's service account. */
public final class ClusterOptions {

    /** Enough for a hiccup; a person who waits wants to know soon that the cluster is not there. */
    private static final int RETRIES = 3;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description =
                    "The kubeconfig of the cluster. Default: KUBECONFIG, then ~/.kube/config, then the service account of the pod.")
    private @Nullable Path kubeconfig;

    /**
     * Makes the chosen file the one that every client of this process reads, also those that the application container makes.
     *
     * @throws IllegalArgumentException when the file cannot be read
     */
    public void select() {
        if (kubeconfig == null) {
            return;
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    "the kubeconfig (" + kubeconfig + ") cannot be read. Name an existing file with --kubeconfig.");
        }
        System.setProperty(
                Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig.toAbsolutePath().toString());
    }

    /** A client of its own for a verb that runs without the application container. The caller closes it. */
    public KubernetesClient client() {
        select();
        Config config = Config.autoConfigure(null);
        config.setRequestRetryBackoffLimit(RETRIES);
        // Named here because the factory that is found by itself expects the application container.
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory())
                .build();
    }
}

package dev.drover.cli;

import dev.drover.admission.WebhookRegistration;
import dev.drover.config.Pause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jboss.logging.Logger;

/** Tells the API server which authority signed the certificate of the webhook. */
final class WebhookTrust {
    private static final Logger LOG = Logger.getLogger(WebhookTrust.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final String patch;

    private WebhookTrust(String patch) {
        this.patch = patch;
    }

    /**
     * @param authority a file of PEM certificates
     * @throws UncheckedIOException when it cannot be read
     */
    static WebhookTrust in(Path authority) {
        return new WebhookTrust(
                """
                [{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": "%s"}]"""
                        .formatted(read(authority)));
    }

    /**
     * Publishes it as soon as the API server lets it: one that does not answer, or has not been told of the operator's rights yet, is asked
     * again. Returns then, or when the thread is interrupted.
     */
    void publishPatiently(KubernetesClient client, Pause pause) {
        String told = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                publish(client);
                return;
            } catch (KubernetesClientException refused) {
                String why = String.valueOf(refused.getMessage());
                if (!why.equals(told)) {
                    LOG.warnf("The authority of the webhook cannot be published yet: %s", why);
                    told = why;
                }
            }
            pause.of(AGAIN);
        }
    }

    /**
     * Writes the authority into the registration and leaves all else of it alone. Without a registration, which somebody may have removed
     * to stop admission, it says so and does nothing: everything else of the operator works.
     *
     * @throws KubernetesClientException when the API server refuses or does not answer
     */
    void publish(KubernetesClient client) {
        try {
            client.admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName(WebhookRegistration.NAME)
                    .patch(PatchContext.of(PatchType.JSON), patch);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw refused;
            }
            LOG.warnf(
                    "The webhook is not registered (MutatingWebhookConfiguration %s), so virtual machines start without Drover. Where that is not wanted, apply the chart or manifests/install.yaml again.",
                    WebhookRegistration.NAME);
        }
    }

    private static String read(Path authority) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the authority of the webhook's certificate cannot be read (" + authority
                            + "). Add the key ca.crt to the Secret that is mounted there.",
                    failure);
        }
    }
}

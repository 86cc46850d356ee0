package dev.drover.cli;

import dev.drover.admission.WebhookRegistration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Tells the API server which authority signed the certificate of the webhook. */
final class WebhookTrust {

    private WebhookTrust() {}

    /**
     * Writes the authority into the registration and leaves all else of it alone.
     *
     * @param authority a file of PEM certificates
     */
    static void publish(KubernetesClient client, Path authority) {
        String patch =
                """
                [{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": "%s"}]"""
                        .formatted(read(authority));
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WebhookRegistration.NAME)
                .patch(PatchContext.of(PatchType.JSON), patch);
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

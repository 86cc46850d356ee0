package dev.drover.cli;

import dev.drover.admission.WebhookRegistration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;

/**
 * Calls the webhook of this process once, before the API server does. The first call of a fresh process can take longer than the API
 * server waits, above all the first handshake; the virtual machines that start first would then go without Drover.
 */
final class FirstCall {
    private static final Logger LOG = Logger.getLogger(FirstCall.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    /** A dry run on a pod that is none of a virtual machine: nothing follows from it. */
    private static final String REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "first-call", "dryRun": true,
             "operation": "CREATE", "namespace": "default", "object": {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "first-call"}, "spec": {"containers": []}}}}
            """;

    private FirstCall() {}

    /**
     * Returns when the webhook has answered; says so in the log when it does not.
     *
     * @return whether it answered as it should
     */
    static boolean make(LocalWebhook webhook) {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(webhook.authority()))
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + webhook.port() + WebhookRegistration.PATH))
                    .header("Content-Type", "application/json")
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofString(REVIEW))
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != OK) {
                LOG.warnf("The webhook answers its first call with the status (%d).", status);
            }
            return status == OK;
        } catch (IOException | GeneralSecurityException unanswered) {
            LOG.warnf(
                    "The webhook does not answer its first call (%s). Virtual machines may start without it.",
                    unanswered);
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SSLContext trusting(String authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.admission.WebhookCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsApiTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final Usage NOTHING = Usage.none(InstantSource.system().instant());

    @TempDir
    private Path folder;

    /** As kube-apiserver does, which dials one connection more while it waits for another. */
    @Test
    void those_that_connect_and_ask_nothing_keep_nobody_waiting() throws Exception {
        ServingCertificate certificate = certificate();
        SSLContext trusting = trusting(certificate);
        List<SSLSocket> silent = new ArrayList<>();
        try (MetricsApi api = new MetricsApi(certificate, () -> NOTHING);
                HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            for (int number = 0; number < 10; number++) {
                SSLSocket socket = (SSLSocket)
                        trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), api.port());
                silent.add(socket);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.startHandshake();
            }

            HttpRequest asked = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + api.port() + "/apis/metrics.k8s.io/v1beta1/nodes"))
                    .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                    .build();
            assertThat(client.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        } finally {
            for (SSLSocket socket : silent) {
                socket.close();
            }
        }
    }

    private ServingCertificate certificate() throws IOException {
        WebhookCertificates issued = WebhookCertificates.create(
                List.of("localhost"), InstantSource.system().instant(), Duration.ofDays(1), new SecureRandom());
        return ServingCertificate.fromPem(
                Files.writeString(folder.resolve("tls.crt"), issued.certificatePem()),
                Files.writeString(folder.resolve("tls.key"), issued.keyPem()),
                Files.writeString(folder.resolve("ca.crt"), issued.caPem()));
    }

    private static SSLContext trusting(ServingCertificate certificate) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry("ca", certificate.issuer());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }
}

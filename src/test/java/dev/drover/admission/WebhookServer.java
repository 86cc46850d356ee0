package dev.drover.admission;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Serves a function of bytes over HTTPS on loopback, with certificates as the operator outside a cluster makes them. */
final class WebhookServer implements AutoCloseable {
    private static final char[] PASSWORD = "test".toCharArray();

    private final WebhookCertificates certificates = WebhookCertificates.create(
            List.of("localhost"), InstantSource.system().instant(), Duration.ofDays(1), new SecureRandom());
    /** A connection that is silent keeps its thread, so there must be no end of them. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpsServer server;

    /** Answers one review. */
    interface Answer {
        byte[] to(byte[] review) throws MalformedReview;
    }

    WebhookServer(Answer answer) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
        server.setExecutor(threads);
        server.createContext(WebhookRegistration.PATH, exchange -> {
            try (exchange) {
                byte[] body = answer.to(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (MalformedReview malformed) {
                exchange.sendResponseHeaders(400, -1);
            }
        });
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort() + WebhookRegistration.PATH;
    }

    String authority() {
        return certificates.caPem();
    }

    private SSLContext tls() throws GeneralSecurityException, IOException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificates.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        String key = certificates.keyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey privateKey = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("webhook", privateKey, PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

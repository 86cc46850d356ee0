package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drover.admission.WebhookRegistration;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class FirstCallTest {
    private static final char[] PASSWORD = {};

    @Test
    void the_webhook_answers_a_dry_run_of_a_pod_that_is_no_launcher() throws Exception {
        LocalWebhook prepared = LocalWebhook.prepare(0, "drover-system");
        List<String> bodies = new ArrayList<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(prepared.folder())));
        server.createContext(WebhookRegistration.PATH, exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        try {
            LocalWebhook webhook =
                    new LocalWebhook(server.getAddress().getPort(), prepared.folder(), prepared.namespace());

            assertThat(FirstCall.make(webhook)).isTrue();
            assertThat(bodies).singleElement().asString().contains("\"dryRun\": true", "AdmissionReview");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_operator_whose_webhook_does_not_answer_goes_on() {
        assertThat(FirstCall.make(LocalWebhook.prepare(FreePort.choose(), "drover-system")))
                .isFalse();
    }

    private static SSLContext tls(Path folder) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("tls.crt"))));
        String key = Files.readString(folder.resolve("tls.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
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
}

package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookCertificatesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private static X509Certificate parse(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void the_authority_signs_a_serving_certificate_for_names_and_addresses() throws Exception {
        WebhookCertificates made =
                WebhookCertificates.create(List.of("localhost", "127.0.0.1", "::1"), NOW, Duration.ofDays(30), RANDOM);

        X509Certificate ca = parse(made.caPem());
        X509Certificate serving = parse(made.certificatePem());
        serving.verify(ca.getPublicKey());
        assertThat(ca.getBasicConstraints()).as("may sign").isZero();
        assertThat(serving.getBasicConstraints()).as("may not sign").isNegative();
        assertThat(serving.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        serving.checkValidity(Date.from(NOW.plus(Duration.ofDays(29))));
        serving.checkValidity(Date.from(NOW.minusSeconds(60)));
        assertThat(serving.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(30))));
    }

    @Test
    void files_are_readable_by_their_owner_only_and_the_text_form_hides_the_key() throws Exception {
        WebhookCertificates made = WebhookCertificates.create(List.of("localhost"), NOW, Duration.ofDays(1), RANDOM);

        WebhookCertificates.Stored stored = made.writeTo(folder);
        made.writeTo(folder);

        assertThat(Files.readString(stored.key())).isEqualTo(made.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(Files.readString(stored.certificate())).isEqualTo(made.certificatePem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored.key())))
                .isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void a_certificate_for_no_name_is_refused() {
        assertThatThrownBy(() -> WebhookCertificates.create(List.of(), NOW, Duration.ofDays(1), RANDOM))
                .hasMessageContaining("Give the name in the webhook's URL");
    }
}

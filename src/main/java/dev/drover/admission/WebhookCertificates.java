package dev.drover.admission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A certificate authority of our own and one serving certificate that it signed, for an operator that runs outside the cluster. The
 * authority's key is not kept: each start makes a new authority.
 *
 * @param caPem what the API server must trust
 * @param certificatePem the serving certificate
 * @param keyPem its private key, PKCS #8: a secret
 */
public record WebhookCertificates(String caPem, String certificatePem, String keyPem) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Where the serving certificate and its key were written. */
    public record Stored(Path certificate, Path key) {}

    /**
     * @param names host names and IP addresses by which the API server calls, at least one
     * @param validity how long the process may run: nothing renews these certificates
     */
    public static WebhookCertificates create(List<String> names, Instant now, Duration validity, SecureRandom random) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "The webhook's certificate would be valid for no name (names is empty). Give the name in the webhook's URL.");
        }
        return new CertificateAuthority(now, validity, random).issue(names);
    }

    /** Writes tls.crt and tls.key into an existing folder, readable by this user only. */
    public Stored writeTo(Path folder) throws IOException {
        return new Stored(
                writePrivate(folder.resolve("tls.crt"), certificatePem),
                writePrivate(folder.resolve("tls.key"), keyPem));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "WebhookCertificates[certificate=" + certificatePem.length() + " characters]";
    }

    private static Path writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.TRUNCATE_EXISTING);
    }
}

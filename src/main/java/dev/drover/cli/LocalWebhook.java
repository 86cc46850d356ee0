package dev.drover.cli;

import dev.drover.admission.WebhookCertificates;
import dev.drover.admission.WebhookRegistration;
import dev.drover.config.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * The webhook of an operator on this machine: its port, and a folder with certificates that live as long as the process.
 *
 * @param folder holds tls.crt, tls.key and ca.crt, readable by this user only
 * @param namespace whose pods are never sent to the webhook
 */
record LocalWebhook(int port, Path folder, String namespace) {

    private static final Duration VALIDITY = Duration.ofDays(365);

    static LocalWebhook prepare(int port, String namespace) {
        try {
            Path folder = Files.createTempDirectory("drover-webhook-");
            WebhookCertificates certificates = WebhookCertificates.create(
                    List.of("localhost"), new SteadyClock().instant(), VALIDITY, new SecureRandom());
            // The last one that is named goes first.
            folder.toFile().deleteOnExit();
            WebhookCertificates.Stored stored = certificates.writeTo(folder);
            stored.certificate().toFile().deleteOnExit();
            stored.key().toFile().deleteOnExit();
            Files.writeString(folder.resolve("ca.crt"), certificates.caPem())
                    .toFile()
                    .deleteOnExit();
            return new LocalWebhook(port, folder, namespace);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the webhook's certificates cannot be written (" + failure.getMessage()
                            + "). Make the folder for temporary files writable.",
                    failure);
        }
    }

    /** What {@link #of} reads back. */
    String[] arguments() {
        return new String[] {Integer.toString(port), folder.toString(), namespace};
    }

    static LocalWebhook of(String... arguments) {
        return new LocalWebhook(Integer.parseInt(arguments[0]), Path.of(arguments[1]), arguments[2]);
    }

    WebhookRegistration.Target target() {
        return new WebhookRegistration.Target.Url("https://localhost:" + port + WebhookRegistration.PATH);
    }

    String authority() {
        try {
            return Files.readString(folder.resolve("ca.crt"));
        } catch (IOException failure) {
            throw new UncheckedIOException("the authority of the webhook is gone (" + folder + ")", failure);
        }
    }
}

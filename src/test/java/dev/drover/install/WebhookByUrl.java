package dev.drover.install;

import dev.drover.admission.WebhookCertificates;
import dev.drover.admission.WebhookRegistration;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The webhook of an operator beside the testbed: the API server finds it by its URL, and is yet to be told whom to trust. */
final class WebhookByUrl {

    private WebhookByUrl() {}

    /**
     * Registers it, and lays the certificates in a new folder below this one.
     *
     * @return the options of the operator that is to serve it
     */
    static List<String> register(Testbed testbed, Path folder, WebhookCertificates made) throws IOException {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        made.writeTo(certificates);
        Files.writeString(certificates.resolve("ca.crt"), made.caPem());
        int port = Testbed.freePort();
        new WebhookRegistration(testbed.client())
                .apply(
                        new WebhookRegistration.Target.Url("https://localhost:" + port + WebhookRegistration.PATH),
                        Files.readString(testbed.authority()),
                        Chart.NAMESPACE);
        return List.of("--address=localhost", "--https-port=" + port, "--certificates=" + certificates, "--publish-ca");
    }
}

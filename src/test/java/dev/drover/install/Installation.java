package dev.drover.install;

import dev.drover.admission.WebhookCertificates;
import dev.drover.admission.WebhookRegistration;
import dev.drover.config.SteadyClock;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the plain manifests install, but for the pods: the operator runs as a process beside the testbed, as its service account. */
record Installation(Testbed testbed, Path folder, int managementPort) {
    private static final int WEBHOOK_SECONDS = 20;

    /** Applies the manifests. @param folder for the log, the certificates and the token of the operator */
    static Installation of(Testbed testbed, Path folder) throws IOException {
        // Its pods would run nothing here, and the webhook is registered by URL.
        Set<String> elsewhere = Set.of("Deployment", "MutatingWebhookConfiguration");
        testbed.apply(Chart.parse(Files.readString(Path.of("manifests/install.yaml"))).stream()
                .filter(object -> !elsewhere.contains(object.path("kind").asText()))
                .map(Chart::yaml)
                .collect(Collectors.joining()));
        return new Installation(testbed, folder, Testbed.freePort());
    }

    /** @param settings by their names, for example gate-deadline */
    Operator start(Map<String, String> settings) throws IOException {
        List<String> options = new ArrayList<>(Operator.SMALL);
        settings.forEach((name, value) -> options.add("-Ddrover." + name + "=" + value));
        return start(options);
    }

    Operator start(List<String> javaOptions) throws IOException {
        WebhookCertificates made = WebhookCertificates.create(
                List.of("localhost"), new SteadyClock().instant(), Duration.ofDays(1), new SecureRandom());
        List<String> arguments = new ArrayList<>(List.of(
                "operator",
                "--kubeconfig=" + ServiceAccountAccess.kubeconfig(testbed, "drover", folder),
                "--management-port=" + managementPort));
        arguments.addAll(WebhookByUrl.register(testbed, folder, made));
        letWebhookTakeItsTime();
        return Operator.start(folder.resolve("operator.log"), javaOptions, arguments.toArray(String[]::new));
    }

    /** The API server gives up on the webhook after two seconds, which are soon over when two cores do everything. */
    private void letWebhookTakeItsTime() {
        testbed.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WebhookRegistration.NAME)
                .edit(registered -> {
                    registered.getWebhooks().forEach(webhook -> webhook.setTimeoutSeconds(WEBHOOK_SECONDS));
                    return registered;
                });
    }

    /** What the operator answers on its management port; empty while it does not. */
    String get(String path) {
        URI address = URI.create("http://localhost:" + managementPort + path);
        try (InputStream answer = address.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notYet) {
            return "";
        }
    }
}

package dev.drover.cli;

import dev.drover.api.v1alpha1.AdmissionMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the command line decides about the application container, in that container's own words. */
final class OperatorProperties {

    private final Map<String, String> properties = new LinkedHashMap<>();

    /**
     * @param address where both ports listen
     * @param managementPort the port of health and metrics
     */
    OperatorProperties(String address, int managementPort) {
        properties.put("quarkus.http.host", address);
        properties.put("quarkus.management.host", address);
        properties.put("quarkus.management.port", Integer.toString(managementPort));
        // Nothing but the webhook is served beside management, and that only by HTTPS.
        properties.put("quarkus.http.host-enabled", "false");
    }

    OperatorProperties operator(String namespace, AdmissionMode admission) {
        properties.put("drover.namespace", namespace);
        properties.put("drover.admission", admission.name().toLowerCase(Locale.ROOT));
        return this;
    }

    /** @param certificates holds tls.crt and tls.key, which are read again when they are renewed */
    OperatorProperties webhook(int port, Path certificates) {
        properties.put("quarkus.http.host-enabled", "true");
        properties.put("quarkus.http.insecure-requests", "disabled");
        properties.put("quarkus.http.ssl-port", Integer.toString(port));
        properties.put("quarkus.http.tls-configuration-name", "webhook");
        properties.put(
                "quarkus.tls.webhook.key-store.pem.0.cert",
                certificates.resolve("tls.crt").toString());
        properties.put(
                "quarkus.tls.webhook.key-store.pem.0.key",
                certificates.resolve("tls.key").toString());
        properties.put("quarkus.tls.webhook.reload-period", "10m");
        return this;
    }

    Map<String, String> asMap() {
        return Map.copyOf(properties);
    }

    /** Makes them the properties of this process, before the container starts. */
    void select() {
        properties.forEach(System::setProperty);
    }
}

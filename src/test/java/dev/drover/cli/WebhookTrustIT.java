package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.admission.WebhookRegistration;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnTestbed
class WebhookTrustIT {

    @Test
    void theAuthorityIsPublishedAndAllElseStays(Testbed testbed, KubernetesClient client, @TempDir Path folder)
            throws IOException {
        testbed.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: drover}
                webhooks:
                - name: pods.admission.drover.dev
                  clientConfig: {service: {name: drover, namespace: drover-system, path: /admit/pods}}
                  rules: [{apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE]}]
                  objectSelector: {matchLabels: {kubevirt.io: virt-launcher}}
                  failurePolicy: Ignore
                  timeoutSeconds: 1
                  sideEffects: NoneOnDryRun
                  admissionReviewVersions: [v1]
                """);
        MutatingWebhook before = webhook(client);
        Path authority = folder.resolve("ca.crt");
        Files.copy(testbed.authority(), authority);

        WebhookTrust.publish(client, authority);
        WebhookTrust.publish(client, authority);

        MutatingWebhook after = webhook(client);
        assertThat(Base64.getDecoder().decode(after.getClientConfig().getCaBundle()))
                .asString()
                .isEqualTo(Files.readString(authority));
        after.getClientConfig().setCaBundle(before.getClientConfig().getCaBundle());
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aRegistrationThatSomebodyRemovedDoesNotKeepTheOperatorFromStarting(
            Testbed testbed, KubernetesClient client, @TempDir Path folder) throws IOException {
        new WebhookRegistration(client).remove();
        Path authority = folder.resolve("ca.crt");
        Files.copy(testbed.authority(), authority);

        WebhookTrust.publish(client, authority);

        assertThat(client.admissionRegistration()
                        .v1()
                        .mutatingWebhookConfigurations()
                        .withName(WebhookRegistration.NAME)
                        .get())
                .isNull();
    }

    private static MutatingWebhook webhook(KubernetesClient client) {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("drover")
                .get()
                .getWebhooks()
                .getFirst();
    }
}

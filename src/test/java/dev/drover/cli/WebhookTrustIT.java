package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.admission.WebhookRegistration;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnTestbed
class WebhookTrustIT {
    private static final String REGISTRATION =
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
            """;

    private static final String RIGHT =
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: webhook-trust}
            rules:
            - {apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [get, patch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: webhook-trust}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: webhook-trust}
            subjects: [{kind: User, name: nobody, apiGroup: rbac.authorization.k8s.io}]
            """;

    @Test
    void theAuthorityIsPublishedAndAllElseStays(Testbed testbed, KubernetesClient client, @TempDir Path folder)
            throws IOException {
        testbed.apply(REGISTRATION);
        MutatingWebhook before = webhook(client);
        Path authority = folder.resolve("ca.crt");
        Files.copy(testbed.authority(), authority);

        WebhookTrust.in(authority).publish(client);
        WebhookTrust.in(authority).publish(client);

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

        WebhookTrust.in(authority).publish(client);

        assertThat(client.admissionRegistration()
                        .v1()
                        .mutatingWebhookConfigurations()
                        .withName(WebhookRegistration.NAME)
                        .get())
                .isNull();
    }

    @Test
    void anApiServerThatDoesNotTakeItYetIsAskedAgain(Testbed testbed, KubernetesClient client, @TempDir Path folder)
            throws IOException {
        testbed.apply(REGISTRATION);
        Path authority = folder.resolve("ca.crt");
        Files.copy(testbed.authority(), authority);
        List<Duration> pauses = new ArrayList<>();

        try (KubernetesClient nobody = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withImpersonateUsername("nobody")
                        .build())
                .build()) {
            WebhookTrust.in(authority).publishPatiently(nobody, pause -> {
                pauses.add(pause);
                if (pauses.size() == 2) {
                    testbed.apply(RIGHT);
                }
            });
        }

        assertThat(pauses).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Base64.getDecoder().decode(webhook(client).getClientConfig().getCaBundle()))
                .asString()
                .isEqualTo(Files.readString(authority));
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

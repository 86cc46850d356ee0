package dev.drover.admission;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Tells the API server to send launcher pods to this operator, and stops it again. In a cluster the chart registers the webhook; this is
 * for an operator outside of it, and for tests.
 */
public final class WebhookRegistration {
    /** Of the MutatingWebhookConfiguration. */
    public static final String NAME = "drover";
    /** Where the operator serves the webhook. */
    public static final String PATH = "/admit/pods";

    private static final String WEBHOOK = "pods.admission.drover.dev";
    private static final String FIELD_MANAGER = "drover";
    private static final int TIMEOUT_SECONDS = 2;

    private final KubernetesClient client;

    public WebhookRegistration(KubernetesClient client) {
        this.client = client;
    }

    /** Where the API server finds the webhook. */
    public sealed interface Target {
        /** @param url https, with {@link #PATH} */
        record Url(String url) implements Target {}

        record Service(String namespace, String name, int port) implements Target {}
    }

    /**
     * Creates or updates the registration by server-side apply.
     *
     * @param caPem who signed the webhook's serving certificate
     * @param ownNamespace pods there are never sent: the operator must be able to start without itself
     */
    public void apply(Target target, String caPem, String ownNamespace) {
        client.resource(configuration(target, caPem, ownNamespace))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }

    /** Removes the registration; no error when there is none. */
    public void remove() {
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME)
                .delete();
    }

    static MutatingWebhookConfiguration configuration(Target target, String caPem, String ownNamespace) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels("app.kubernetes.io/name", "drover")
                .endMetadata()
                .addNewWebhook()
                .withName(WEBHOOK)
                .withClientConfig(clientConfig(target, caPem))
                .withAdmissionReviewVersions("v1")
                // Reservations and counters are side effects, and a dry run makes none.
                .withSideEffects("NoneOnDryRun")
                .withFailurePolicy("Ignore")
                .withReinvocationPolicy("IfNeeded")
                .withMatchPolicy("Equivalent")
                .withTimeoutSeconds(TIMEOUT_SECONDS)
                .withNewObjectSelector()
                .addToMatchLabels(LauncherPod.LAUNCHER_LABEL, LauncherPod.LAUNCHER)
                .endObjectSelector()
                .withNewNamespaceSelector()
                .addNewMatchExpression()
                .withKey("kubernetes.io/metadata.name")
                .withOperator("NotIn")
                .withValues(List.of("kube-system", ownNamespace))
                .endMatchExpression()
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .withScope("Namespaced")
                .endRule()
                .endWebhook()
                .build();
    }

    private static WebhookClientConfig clientConfig(Target target, String caPem) {
        WebhookClientConfigBuilder config = new WebhookClientConfigBuilder()
                .withCaBundle(Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII)));
        return switch (target) {
            case Target.Url url -> config.withUrl(url.url()).build();
            case Target.Service service ->
                config.withNewService()
                        .withNamespace(service.namespace())
                        .withName(service.name())
                        .withPort(service.port())
                        .withPath(PATH)
                        .endService()
                        .build();
        };
    }
}

package dev.drover.cli;

import dev.drover.admission.FirstCalls;
import dev.drover.admission.WebhookRegistration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * The life of an operator outside of the cluster: when it is ready its webhook is registered, and before it stops the registration is
 * removed, so that no call goes to a port where nobody listens.
 */
@Singleton
@Unremovable
final class LocalOperator implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(LocalOperator.class);

    private final KubernetesClient client;
    private final FirstCalls firstCalls;

    LocalOperator(KubernetesClient client, FirstCalls firstCalls) {
        this.client = client;
        this.firstCalls = firstCalls;
    }

    @Override
    public int run(String... arguments) {
        LocalWebhook webhook = LocalWebhook.of(arguments);
        firstCalls.await();
        WebhookRegistration registration = new WebhookRegistration(client);
        registration.apply(webhook.target(), webhook.authority(), webhook.namespace());
        LOG.infof("The webhook is registered by URL (port %d).", webhook.port());
        try {
            Quarkus.waitForExit();
            return 0;
        } finally {
            registration.remove();
            LOG.info("The registration of the webhook is removed.");
        }
    }
}

package dev.drover.cli;

import dev.drover.admission.FirstCalls;
import dev.drover.admission.WebhookRegistration;
import dev.drover.config.Threads;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The life of an operator outside of the cluster: when it is ready its webhook is registered, and before it stops the registration is
 * removed, so that no call goes to a port where nobody listens.
 */
@Singleton
@Unremovable
final class LocalOperator implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(LocalOperator.class);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private static final int BEFORE_THE_OTHERS = 0;

    private final WebhookRegistration registration;
    private final FirstCalls firstCalls;
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("registration").factory());
    private volatile boolean running;

    LocalOperator(KubernetesClient client, FirstCalls firstCalls) {
        this.registration = new WebhookRegistration(client);
        this.firstCalls = firstCalls;
    }

    @Override
    public int run(String... arguments) {
        LocalWebhook webhook = LocalWebhook.of(arguments);
        running = true;
        starter.execute(() -> register(webhook));
        Quarkus.waitForExit();
        return 0;
    }

    /**
     * While everything still runs. Not at the end of {@link #run}: after a signal the process does not wait for the thread that is in
     * there.
     */
    void stop(@Observes @Priority(BEFORE_THE_OTHERS) ShutdownEvent event) {
        if (!running) {
            return;
        }
        end();
        registration.remove();
        LOG.info("The registration of the webhook is removed.");
    }

    /** Once the webhook answers; again and again until the API server takes it. */
    private void register(LocalWebhook webhook) {
        if (!firstCalls.answered()) {
            starter.schedule(() -> register(webhook), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        try {
            registration.apply(webhook.target(), webhook.authority(), webhook.namespace());
            LOG.infof("The webhook is registered by URL (port %d).", webhook.port());
        } catch (KubernetesClientException refused) {
            LOG.warnf("The webhook cannot be registered yet: %s", refused.getMessage());
            starter.schedule(() -> register(webhook), TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        starter.shutdownNow();
        Threads.awaitEnd(starter, TRY_AGAIN);
    }
}

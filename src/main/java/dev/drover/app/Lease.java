package dev.drover.app;

import dev.drover.execute.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The lease that makes one replica the leader. A replica that loses it halts at once: it may be in the middle of a cycle, and the next
 * process starts from what the API server holds. Safe for threads.
 */
final class Lease implements Leadership {
    private static final Logger LOG = Logger.getLogger(Lease.class);
    private static final String NAME = "drover";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int LEASE_LOST = 3;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String namespace;
    private final String identity;
    private final Duration duration;
    private final AtomicBoolean leading = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();

    /** @param duration after which a leader that does not renew the lease has lost it */
    Lease(KubernetesClient client, InstantSource clock, String namespace, String identity, Duration duration) {
        this.client = client;
        this.clock = clock;
        this.namespace = namespace;
        this.identity = identity;
        this.duration = duration;
    }

    LeaderElectionConfiguration configuration() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(NAME)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaseDuration(duration)
                .withRenewDeadline(duration.multipliedBy(2).dividedBy(3))
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(
                        new LeaderCallbacks(this::lead, this::stop, leader -> LOG.infof("%s leads", leader)))
                .build();
    }

    private void lead() {
        leading.set(true);
        LOG.infof("This replica (%s) leads.", identity);
    }

    private void stop() {
        boolean led = leading.getAndSet(false);
        if (led && !ending.get()) {
            LOG.errorf("This replica (%s) lost the lease and ends, so that no two act.", identity);
            Runtime.getRuntime().halt(LEASE_LOST);
        }
    }

    /** From now on the loss of the lease is what was asked for. */
    void endGracefully() {
        ending.set(true);
        leading.set(false);
    }

    @Override
    public boolean leading() {
        return leading.get();
    }

    @Override
    public boolean confirmed() {
        if (!leading.get()) {
            return false;
        }
        try {
            var lease = client.leases().inNamespace(namespace).withName(NAME).get();
            return lease != null
                    && identity.equals(lease.getSpec().getHolderIdentity())
                    && lease.getSpec().getRenewTime().toInstant().plus(duration).isAfter(clock.instant());
        } catch (KubernetesClientException unreachable) {
            return false;
        }
    }
}

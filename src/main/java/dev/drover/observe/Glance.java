package dev.drover.observe;

import dev.drover.config.Pause;
import dev.drover.config.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One snapshot of a cluster that nothing watches yet, by what the operator watches with. It reads and never writes. */
public final class Glance {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final Settings settings;
    private final InstantSource clock;
    private final Pause pause;

    /** @param client is not closed */
    public Glance(KubernetesClient client, Settings settings, InstantSource clock, Pause pause) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Waits until every cache is filled and metrics were asked for once.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer at all
     * @throws IllegalStateException when something is still missing after {@code patience}; the message says what
     */
    public Snapshot take(Duration patience) {
        client.getKubernetesVersion();
        Instant latest = clock.instant().plus(patience);
        try (InformerObserver observer = new InformerObserver(client, new Ledger(clock), settings, clock)) {
            observer.start();
            while (!observer.measured()) {
                if (clock.instant().isAfter(latest) || Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("the cluster could not be read within (" + patience.toSeconds()
                            + " s): " + String.join(" ", observer.freshness().reasons()));
                }
                pause.of(LOOK_AGAIN);
            }
            return observer.snapshot();
        }
    }
}

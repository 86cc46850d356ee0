package dev.drover.app;

import dev.drover.admission.Admission;
import dev.drover.config.Settings;
import dev.drover.observe.Observer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the parts in their order and ends them in the reverse one. Admission comes first, since gates may be overdue; what needs
 * Drover's own kinds waits until they are installed.
 */
@Singleton
final class OperatorLifecycle {
    private static final Logger LOG = Logger.getLogger(OperatorLifecycle.class);
    private static final int FIRST = 1;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final String GROUP_VERSION = "drover.dev/v1alpha1";
    private static final int KINDS = 8;

    private final KubernetesClient client;
    private final Operator operator;
    private final Observer observer;
    private final Admission admission;
    private final Loop loop;
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("starter").factory());
    private boolean told;

    /** The loop and what it runs with. */
    @Singleton
    record Loop(LoopThread thread, Lease lease, Settings settings) {}

    OperatorLifecycle(KubernetesClient client, Operator operator, Observer observer, Admission admission, Loop loop) {
        this.client = client;
        this.operator = operator;
        this.observer = observer;
        this.admission = admission;
        this.loop = loop;
    }

    void start(@Observes StartupEvent event) {
        observer.start();
        admission.start();
        loop.thread().start(loop.settings().cycleInterval(), loop.settings().reactionDelay());
        starter.execute(this::startReconcilers);
    }

    /** Reconcilers of kinds that are not installed would end the process. */
    private void startReconcilers() {
        try {
            if (installed()) {
                operator.start();
                return;
            }
            if (!told) {
                LOG.warnf(
                        "The custom resources of %s are not installed. Apply crds/ (kubectl apply --server-side -f crds/); Drover starts working by itself.",
                        GROUP_VERSION);
                told = true;
            }
        } catch (RuntimeException unreachable) {
            LOG.warnf("The reconcilers cannot start yet: %s", unreachable.getMessage());
        }
        starter.schedule(this::startReconcilers, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean installed() {
        var resources = client.getApiResources(GROUP_VERSION);
        return resources != null
                && resources.getResources().stream()
                                .filter(resource -> !resource.getName().contains("/"))
                                .count()
                        >= KINDS;
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        loop.lease().endGracefully();
        starter.shutdownNow();
        List.<AutoCloseable>of(loop.thread(), admission, observer).forEach(OperatorLifecycle::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            LOG.warn("A part did not end in good order.", failed);
        }
    }
}

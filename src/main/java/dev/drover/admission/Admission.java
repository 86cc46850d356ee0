package dev.drover.admission;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * All of admission, put together: the webhook's core, the placement gate and the threads that drive them. One for each replica.
 */
public final class Admission implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final Duration QUIET = Duration.ofMillis(20);
    private static final Duration GATE_STEP = Duration.ofMillis(50);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int WRITERS = 8;

    private final AdmissionContext context;
    private final Situations situations;
    private final PodAdmission pods;
    private final PlacementGate gate;
    private final OverdueGates overdue;
    private final HitRate hitRate;
    private final AtomicBoolean listed = new AtomicBoolean();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final ExecutorService writers = Executors.newFixedThreadPool(
            WRITERS, Thread.ofPlatform().daemon().name("gate-writer-", 1).factory());
    private final ScheduledExecutorService timer = timer("admission-timer");
    private final ScheduledExecutorService compiler = timer("admission-compiler");

    /** Admission for the cluster of {@code client}. */
    public static Admission on(KubernetesClient client, AdmissionContext context) {
        return new Admission(context, () -> Nomination.honouredBy(client));
    }

    /** @param nominates whether the cluster's scheduler tries the nominated node first; asked when first needed */
    Admission(AdmissionContext context, BooleanSupplier nominates) {
        this.context = context;
        AdmissionMetrics metrics = new AdmissionMetrics(context.meters());
        situations = new Situations(context);
        hitRate = new HitRate(metrics);
        StartPlacer placer = new StartPlacer(context);
        pods = new PodAdmission(context, situations, placer, hitRate, metrics);
        GateReport report = new GateReport(context, metrics, hitRate);
        overdue = new OverdueGates(context, report);
        GateOpener opener =
                new GateOpener(context.api(), new Nomination(context.api(), nominates), report, new Writes(writers));
        gate = new PlacementGate(context, situations, placer, opener, report);
    }

    /** The core of the webhook, to be served at {@link WebhookRegistration#PATH}. */
    public PodAdmission pods() {
        return pods;
    }

    /**
     * Lifts overdue gates, then begins to watch and to decide, and returns. What the API server refuses is tried again each second.
     */
    public void start() {
        sweep();
        context.observer().onChange(QUIET, this::refreshSoon);
        refreshSoon();
        timer.scheduleWithFixedDelay(guarded(this::sweep), SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                guarded(this::step), GATE_STEP.toMillis(), GATE_STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        compiler.shutdownNow();
        writers.shutdownNow();
    }

    private void step() {
        if (context.leading().getAsBoolean()) {
            gate.step();
        }
    }

    private void sweep() {
        if (!listed.get()) {
            try {
                overdue.liftListed();
                listed.set(true);
            } catch (KubernetesClientException unreachable) {
                LOG.warnf("Overdue gates cannot be looked for yet: %s", unreachable.getMessage());
            }
        }
        overdue.liftCached();
        situations
                .newest()
                .ifPresent(situation ->
                        hitRate.settle(situation.cluster(), context.clock().instant()));
    }

    /** Changes that come while one compilation waits for its thread need no other. */
    private void refreshSoon() {
        if (refreshing.compareAndSet(false, true)) {
            try {
                compiler.execute(guarded(() -> {
                    refreshing.set(false);
                    situations.refresh(context.settings().patience());
                }));
            } catch (RejectedExecutionException closed) {
                LOG.debug("The situation is not compiled any more: admission is closed.");
            }
        }
    }

    /** A step that fails must not end those that follow. */
    private static Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException failed) {
                LOG.warn("A step of admission failed; it is tried again.", failed);
            }
        };
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}

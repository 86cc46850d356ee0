package dev.drover.observe;

import dev.drover.config.Settings;
import dev.drover.forecast.Load;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.SlimPod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The observer that shares one informer for each kind. Its questions to the API server run on a thread of their own. */
public final class InformerObserver implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(InformerObserver.class);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_MISSING = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final int QUESTION_TIMEOUT_MILLIS = 5_000;

    private final InstantSource clock;
    private final Settings settings;
    private final ScheduledExecutorService questions = thread("observe");
    private final ScheduledExecutorService listeners = thread("observe-changes");
    private final Bell bell = new Bell(listeners);
    private final KubernetesClient asking;
    private final Caches caches;
    private final LatestMachines machines;
    private final Presence core;
    private final Presence scheduling;
    private final Presence own;
    private final Presence kubeVirt;
    private final Presence kubeVirtMigrations;
    private final List<Presence> remediations;
    private final KubeVirtProbe kubeVirtProbe;
    private final FreshnessWatch freshness;
    private final Measurements measurements = new Measurements();
    private final MetricsPoll metrics;
    private final ApplicationLoads loads;
    private final DemandForecasts forecasts;
    private final SnapshotBuilder builder;
    private volatile boolean looked;
    private volatile boolean measured;
    private Instant lookedAt = Instant.EPOCH;
    private Instant polledAt = Instant.EPOCH;

    /** @param client for the watches; it is not closed with the observer */
    public InformerObserver(KubernetesClient client, Ledger ledger, Settings settings, InstantSource clock) {
        this(client, impatient(client), ledger, settings, clock);
    }

    /** @param asking for the questions, closed with the observer */
    InformerObserver(
            KubernetesClient client, KubernetesClient asking, Ledger ledger, Settings settings, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        this.asking = asking;
        this.caches = new Caches(client, bell);
        this.machines = new LatestMachines(caches);
        this.core = new Presence(asking, caches.core());
        this.scheduling = new Presence(asking, caches.scheduling());
        this.own = new Presence(asking, caches.own());
        this.kubeVirt = new Presence(asking, caches.kubeVirt());
        this.kubeVirtMigrations = new Presence(asking, caches.kubeVirtMigrations());
        this.remediations = caches.remediations().stream()
                .map(kind -> new Presence(asking, List.of(kind)))
                .toList();
        this.kubeVirtProbe = new KubeVirtProbe(new KubeVirtApi(asking), kubeVirt, caches.kubeVirts);
        List<Watched<?>> all = new ArrayList<>(caches.core());
        all.addAll(caches.scheduling());
        all.addAll(caches.own());
        all.addAll(caches.kubeVirt());
        all.addAll(caches.kubeVirtMigrations());
        all.addAll(caches.remediations());
        this.freshness = new FreshnessWatch(asking, all, own, settings, clock.instant());
        this.metrics = new MetricsPoll(asking, caches, measurements);
        this.loads = new ApplicationLoads(measurements, settings);
        this.forecasts = new DemandForecasts(settings);
        this.builder = new SnapshotBuilder(measurements, forecasts, ledger, settings);
    }

    /**
     * A client with one connection of its own: when the watches' connections die without a word, the questions that find this out
     * must not wait behind them one by one.
     */
    static KubernetesClient impatient(KubernetesClient client) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withRequestTimeout(QUESTION_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        questions.scheduleWithFixedDelay(this::step, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            Instant now = clock.instant();
            look(now);
            kubeVirtProbe.step(now);
            if (!polledAt.plus(settings.metricsInterval()).isAfter(now) && ready()) {
                polledAt = now;
                metrics.read(now);
                loads.read(machines(), now);
                if (forecasts.due(caches.policies.all(), now)) {
                    forecasts.read(snapshot());
                }
                measured = true;
            }
            freshness.step(clock.instant());
        } catch (RuntimeException failed) {
            LOG.warn("Looking after the caches failed; it is tried again in {} s.", STEP.toSeconds(), failed);
        }
    }

    /** Finds out which kinds are served: often while any is missing, else now and then. */
    private void look(Instant now) {
        boolean missing = !core.missing().isEmpty()
                || !own.missing().isEmpty()
                || !kubeVirt.missing().isEmpty();
        if (lookedAt.plus(missing ? LOOK_FOR_MISSING : LOOK_AGAIN).isAfter(now)) {
            return;
        }
        lookedAt = now;
        try {
            core.check();
            scheduling.check();
            own.check();
            kubeVirt.check();
            kubeVirtMigrations.check();
            remediations.forEach(Presence::check);
            looked = true;
        } catch (KubernetesClientException failed) {
            LOG.warn("The API server does not say which kinds it serves ({}).", failed.getMessage());
        }
    }

    @Override
    public boolean ready() {
        return looked
                && core.missing().isEmpty()
                && own.missing().isEmpty()
                && core.synced()
                && scheduling.synced()
                && own.synced()
                && kubeVirt.synced()
                && kubeVirtMigrations.synced()
                && remediations.stream().allMatch(Presence::synced);
    }

    /** Whether metrics have been asked for since all caches were filled, with or without an answer. */
    boolean measured() {
        return measured;
    }

    @Override
    public Snapshot snapshot() {
        Instant now = clock.instant();
        Freshness trusted = freshness.freshness(now);
        synchronized (builder) {
            return builder.build(now, Seen.of(caches), kubeVirtProbe.state(), trusted);
        }
    }

    @Override
    public Machines machines() {
        return machines.at(clock.instant());
    }

    @Override
    public Load load(String serviceUid, String application) {
        return loads.load(serviceUid, application, clock.instant());
    }

    @Override
    public Freshness freshness() {
        return freshness.freshness(clock.instant());
    }

    @Override
    public List<SlimPod> gatedPods(String gate) {
        return caches.pods.all().stream()
                .filter(pod -> pod.getSpec().schedulingGates().stream()
                        .anyMatch(held -> held.name().equals(gate)))
                .toList();
    }

    @Override
    public void onChange(Duration quiet, Runnable listener) {
        bell.add(quiet, listener);
    }

    @Override
    public void close() {
        questions.shutdownNow();
        listeners.shutdownNow();
        caches.core().forEach(Watched::stop);
        caches.scheduling().forEach(Watched::stop);
        caches.own().forEach(Watched::stop);
        caches.kubeVirt().forEach(Watched::stop);
        caches.kubeVirtMigrations().forEach(Watched::stop);
        caches.remediations().forEach(Watched::stop);
        asking.close();
    }
}

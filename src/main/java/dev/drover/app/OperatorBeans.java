package dev.drover.app;

import dev.drover.config.Settings;
import dev.drover.kubevirt.DiskObjects;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.OwnVirtualMachines;
import dev.drover.kubevirt.Surroundings;
import dev.drover.observe.InformerObserver;
import dev.drover.observe.Ledger;
import dev.drover.observe.Observer;
import dev.drover.reconcile.ActiveConstraints;
import dev.drover.reconcile.ClusterLoop;
import dev.drover.reconcile.ClusterLoopFactory;
import dev.drover.reconcile.ReportBoard;
import dev.drover.service.ServiceSteward;
import dev.drover.service.Sight;
import dev.drover.service.disk.DiskMover;
import dev.drover.status.EventPublisher;
import dev.drover.status.Events;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the operator together. */
@Singleton
final class OperatorBeans {
    private static final int WAITING_EVENTS = 1_000;

    @Produces
    @Singleton
    Ledger ledger(InstantSource clock) {
        return new Ledger(clock);
    }

    @Produces
    @Singleton
    KubeVirtApi kubeVirtApi(KubernetesClient client) {
        return new KubeVirtApi(client);
    }

    @Produces
    @Singleton
    Observer observer(KubernetesClient client, Ledger ledger, Settings settings, InstantSource clock) {
        return new InformerObserver(client, ledger, settings, clock);
    }

    @Produces
    @Singleton
    Lease lease(
            KubernetesClient client,
            InstantSource clock,
            Settings settings,
            @ConfigProperty(name = "drover.namespace", defaultValue = "drover-system") String namespace) {
        return new Lease(client, clock, namespace, Identity.ofThisProcess(), settings.leaseDuration());
    }

    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(Lease lease) {
        return lease.configuration();
    }

    @Produces
    @Singleton
    Events events(KubernetesClient client, InstantSource clock) {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_EVENTS),
                Thread.ofPlatform().daemon().name("event-writer").factory(),
                new ThreadPoolExecutor.AbortPolicy());
        return new EventPublisher(client, Identity.ofThisProcess(), clock, writer);
    }

    @Produces
    @Singleton
    ActiveConstraints activeConstraints() {
        return new ActiveConstraints();
    }

    @Produces
    @Singleton
    Sight sight(Observer observer, ReportBoard board, Settings settings) {
        return new Sight(observer, board, settings.recoveryBrakePercent());
    }

    @Produces
    @Singleton
    DiskMover diskMover(KubernetesClient client, Settings settings, InstantSource clock) {
        return new DiskMover(new DiskObjects(client), settings.copyImage(), new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    ServiceSteward.Means serviceMeans(KubernetesClient client, DiskMover mover, ActiveConstraints constraints) {
        return new ServiceSteward.Means(
                new OwnVirtualMachines(client), new Surroundings(client), mover, constraints::of);
    }

    @Produces
    @Singleton
    ServiceSteward serviceSteward(
            Sight sight, Lease lease, ServiceSteward.Means means, InstantSource clock, Settings settings) {
        return new ServiceSteward(sight, lease, means, clock, settings.relocationDeadline());
    }

    @Produces
    @Singleton
    ClusterLoop clusterLoop(ClusterLoopFactory factory, Lease lease, ReportBoard board) {
        return factory.create(
                lease,
                board,
                Executors.newFixedThreadPool(
                        ClusterLoopFactory.STATUS_WRITERS,
                        Thread.ofPlatform().daemon().name("status-writer-", 1).factory()));
    }

    @Produces
    @Singleton
    LoopThread loopThread(ClusterLoop loop, Observer observer, InstantSource clock, MeterRegistry meters) {
        return new LoopThread(loop, observer, clock, meters);
    }
}

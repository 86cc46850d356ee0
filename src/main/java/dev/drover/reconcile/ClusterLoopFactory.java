package dev.drover.reconcile;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.config.Settings;
import dev.drover.execute.Leadership;
import dev.drover.execute.MigrationEnder;
import dev.drover.execute.MigrationStarter;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.Ledger;
import dev.drover.observe.Observer;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.plan.MigrationPricing;
import dev.drover.plan.Planner;
import dev.drover.status.Events;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Puts the loop together. */
@Singleton
public final class ClusterLoopFactory {
    /** How many statuses the loop writes at a time, at most. */
    public static final int STATUS_WRITERS = StatusWriter.LANES;

    private final KubernetesClient client;
    private final Observer observer;
    private final Ledger ledger;
    private final Events events;
    private final Environment environment;

    /** What the process runs with. */
    @Singleton
    record Environment(
            Settings settings,
            AdmissionMode admission,
            InstantSource clock,
            ActiveConstraints constraints,
            MeterRegistry meters) {}

    ClusterLoopFactory(
            KubernetesClient client, Observer observer, Ledger ledger, Events events, Environment environment) {
        this.client = client;
        this.observer = observer;
        this.ledger = ledger;
        this.events = events;
        this.environment = environment;
    }

    /**
     * A new loop: one for each process.
     *
     * @param writers {@value #STATUS_WRITERS} threads for nothing but its statuses; it shuts them down when it is closed
     */
    public ClusterLoop create(Leadership leadership, ReportBoard board, ExecutorService writers) {
        KubeVirtApi kubevirt = new KubeVirtApi(client);
        InstantSource clock = environment.clock();
        MeasuredEngine engine = new MeasuredEngine(new AnytimeEngine(clock, MigrationPricing::seconds), clock);
        Histories histories = new Histories();
        OwnedStatuses owned = new OwnedStatuses(client);
        Settler settler = new Settler(histories, owned);
        MigrationEnder ender = new MigrationEnder(kubevirt, leadership, clock);
        PlanStore store = new PlanStore(client);
        Proposer proposer = new Proposer(engine, new Planner(), effort(), histories);
        PlanKeeper keeper = new PlanKeeper(store, histories, events);
        PoolCycle poolCycle = new PoolCycle(
                proposer,
                new Scores(engine),
                keeper,
                new PlanExecutor(
                        new MigrationStarter(kubevirt, ledger, leadership, clock), ender, store, events, histories),
                histories);
        return new ClusterLoop(
                observer,
                leadership,
                new Views(environment.constraints()),
                new ClusterLoop.LoopParts(
                        engine,
                        histories,
                        settler,
                        new Deadlines(ender, settler, events),
                        poolCycle,
                        new OrderDesk(histories, new OrderedTargets(proposer, histories), keeper),
                        new Reporter(
                                new Reporter.Outlets(
                                        board,
                                        new StatusWriter(writers),
                                        events,
                                        new LoopMetrics(environment.meters())),
                                owned,
                                histories,
                                environment.admission())));
    }

    private Effort effort() {
        return new Effort(
                environment.settings().seed(),
                Effort.DEFAULT.proposals(),
                environment.settings().solverTimeout().toMillis());
    }
}

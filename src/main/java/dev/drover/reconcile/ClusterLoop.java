package dev.drover.reconcile;

import dev.drover.execute.Leadership;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.Observer;
import dev.drover.observe.Snapshot;
import dev.drover.plan.Pools.Pool;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The loop over the whole cluster: what should be where, and one step towards it. Everything that it needs is read from the API server,
 * so a restart goes on where the last process stopped. One thread only.
 */
public final class ClusterLoop implements Cycles {
    private static final Logger LOG = Logger.getLogger(ClusterLoop.class);

    private final Observer observer;
    private final Leadership leadership;
    private final Views views;
    private final MeasuredEngine engine;
    private final Histories histories;
    private final Settler settler;
    private final Deadlines deadlines;
    private final PoolCycle poolCycle;
    private final OrderDesk orderDesk;
    private final Reporter reporter;

    ClusterLoop(Observer observer, Leadership leadership, Views views, LoopParts parts) {
        this.observer = observer;
        this.leadership = leadership;
        this.views = views;
        this.engine = parts.engine();
        this.histories = parts.histories();
        this.settler = parts.settler();
        this.deadlines = parts.deadlines();
        this.poolCycle = parts.poolCycle();
        this.orderDesk = parts.orderDesk();
        this.reporter = parts.reporter();
    }

    /** What remembers and what acts. */
    record LoopParts(
            MeasuredEngine engine,
            Histories histories,
            Settler settler,
            Deadlines deadlines,
            PoolCycle poolCycle,
            OrderDesk orderDesk,
            Reporter reporter) {}

    @Override
    public void cycle() {
        if (!leadership.leading() || !observer.ready()) {
            return;
        }
        try {
            View view = views.of(observer.snapshot());
            boolean fresh = view.snapshot().freshness().fresh();
            reporter.report(view, fresh ? act(view) : Acted.NOTHING);
        } catch (KubernetesClientException unavailable) {
            LOG.warnf(
                    "The cycle ended early: the API server refused or did not answer (%s). The next one looks again.",
                    unavailable.getMessage());
        }
    }

    @Override
    public Duration takeSearched() {
        return engine.takeSearched();
    }

    @Override
    public void close() {
        reporter.close();
    }

    private Acted act(View view) {
        Snapshot snapshot = view.snapshot();
        histories.refresh(snapshot);
        Settler.Terms terms = new Settler.Terms(
                vm -> Deadlines.pauses(view, vm),
                migration -> PlanRecords.purposeOf(snapshot.plans(), migration),
                PlanRecords.underway(snapshot.plans()));
        reporter.settled(settler.settle(snapshot.cluster(), terms));
        Map<String, String> stalled = deadlines.enforce(view, terms);
        Underway underway = Underway.at(view);
        List<PoolOutcome> outcomes = new ArrayList<>();
        for (Pool pool : view.pools().pools()) {
            attempt(pool.policy().name(), () -> outcomes.add(poolCycle.run(view, pool, underway, stalled)));
        }
        for (String policy : view.governingNothing()) {
            attempt(policy, () -> poolCycle.giveUp(view, policy, stalled));
        }
        return new Acted(outcomes, orderDesk.work(view, outcomes, underway));
    }

    /** What the API server refuses for one policy does not keep the others from being carried out. */
    private static void attempt(String policy, Runnable cycle) {
        try {
            cycle.run();
        } catch (KubernetesClientException refused) {
            if (!Refusal.isOfOneObject(refused)) {
                throw refused;
            }
            LOG.warnf(
                    "The cycle of the policy (%s) ended early: %s. The next one looks again.",
                    policy, KubeVirtApi.said(refused));
        }
    }
}

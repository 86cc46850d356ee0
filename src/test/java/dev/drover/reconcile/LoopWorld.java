package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.execute.Leadership;
import dev.drover.execute.MigrationEnder;
import dev.drover.execute.MigrationStarter;
import dev.drover.forecast.Outlook;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.observe.Ledger;
import dev.drover.observe.Reservation;
import dev.drover.observe.Snapshot;
import dev.drover.observe.StillObserver;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.World;
import dev.drover.plan.History;
import dev.drover.plan.MigrationPricing;
import dev.drover.plan.Planner;
import dev.drover.status.Events;
import dev.drover.status.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The whole loop in a world without a cluster: what the API server holds, a KubeVirt that takes each migration one phase further a tick,
 * and a watch that shows it all one tick late. One call to the API server can be made to go wrong; when the process dies of it, a new one
 * starts, which first lists everything. At each instant P1, P2 and P4 are asserted.
 */
final class LoopWorld {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final int QUIET_TICKS = 10;
    private static final int MOST_TICKS = 200;

    private final World world;
    private final List<PlacementPolicy> policies;
    private final Wire wire;
    private final ServedMigrations migrations;
    private final ServedPlans plans;
    private final ServedPlacements placements;
    private final int breachesAtFirst;
    private final Map<String, VirtualMachineProfile> profiles = new TreeMap<>();
    private final Map<String, String> orders = new TreeMap<>();
    private final Map<Instant, Runnable> happenings = new TreeMap<>();
    private final Set<Reason> said = new HashSet<>();
    private Instant now = World.NOW;
    private Outlook outlook = Outlook.NONE;

    LoopWorld(World world, List<PlacementPolicy> policies, Wire wire) {
        this.world = world;
        this.policies = policies;
        this.wire = wire;
        this.migrations = new ServedMigrations(world, wire, () -> now);
        this.plans = new ServedPlans(wire, () -> now);
        this.placements = new ServedPlacements(wire);
        this.breachesAtFirst = breaches(world.cluster());
    }

    /** Migrations to this node fail, all of them. */
    LoopWorld failingTo(String node) {
        migrations.failTo(node);
        return this;
    }

    /** Migrations to this node never leave the queue: KubeVirt would wait for ever, and keeps nothing of one that is deleted there. */
    LoopWorld hangingTo(String node) {
        migrations.hangTo(node);
        return this;
    }

    /** Somebody deletes the first migration to this node, and nothing of it is left. */
    LoopWorld cancellingTo(String node) {
        migrations.cancelTo(node);
        return this;
    }

    /** This is forecast to the end, whatever comes. */
    LoopWorld forecasting(Outlook said) {
        outlook = said;
        return this;
    }

    /** Migrations that begin from now on succeed, wherever they go. */
    void heal() {
        migrations.heal();
    }

    /** Somebody does something so long after the beginning. */
    LoopWorld after(Duration time, Runnable happening) {
        happenings.put(World.NOW.plus(time), happening);
        return this;
    }

    /** Profiles of virtual machines, by their names. */
    Map<String, VirtualMachineProfile> profiles() {
        return profiles;
    }

    /** What the annotation of each virtual machine says, by its name. */
    Map<String, String> orders() {
        return orders;
    }

    ServedPlacements placements() {
        return placements;
    }

    Instant now() {
        return now;
    }

    /** The reasons of all events so far. */
    Set<Reason> said() {
        return Set.copyOf(said);
    }

    /** What is the same however the world came to rest. */
    record End(Map<String, String> nodeOf, Map<String, List<String>> historyOf, List<String> plans) {
        /** Where everything is and how it came there, whatever is planned besides. */
        List<Object> done() {
            return List.of(nodeOf, historyOf);
        }
    }

    /** Nothing happens for so long, and nobody looks. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lives until nothing has happened for a while. */
    End live() {
        Shown late = shown();
        Process process = new Process(late);
        int quiet = 0;
        for (int tick = 0; tick < MOST_TICKS && quiet < QUIET_TICKS; tick++) {
            int written = wire.writes();
            happenings.entrySet().removeIf(this::happens);
            Shown current = shown();
            try {
                process.see(late);
                process.loop.cycle();
                late = current;
            } catch (Wire.ProcessDied died) {
                late = shown();
                process = new Process(late);
            }
            boolean moving = migrations.proceed();
            now = now.plus(TICK);
            assertThat(breaches(cluster())).as("P4: breaches").isLessThanOrEqualTo(breachesAtFirst);
            quiet = moving || wire.writes() > written ? 0 : quiet + 1;
        }
        assertThat(quiet).as("P13: it comes to rest").isEqualTo(QUIET_TICKS);
        return new End(nodeOf(), placements.histories(), plans.verdicts());
    }

    private boolean happens(Map.Entry<Instant, Runnable> happening) {
        boolean due = !now.isBefore(happening.getKey());
        if (due) {
            happening.getValue().run();
        }
        return due;
    }

    ServedMigrations migrations() {
        return migrations;
    }

    ServedPlans plans() {
        return plans;
    }

    private Map<String, String> nodeOf() {
        return world.cluster().vms().stream()
                .collect(Collectors.toMap(
                        vm -> vm.id().name(),
                        vm -> String.valueOf(vm.node()),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private int breaches(Cluster cluster) {
        return ConstraintChecker.check(
                        cluster, world.constraints(), Occupancy.of(cluster), ConstraintChecker.At.INSTANT)
                .size();
    }

    private Cluster cluster() {
        return migrations.shownIn(world.cluster(), now);
    }

    /** What a watch shows of one instant. */
    private record Shown(Cluster cluster, ServedPlans.Listed plans, List<VirtualMachinePlacement> placements) {}

    private Shown shown() {
        return new Shown(cluster(), plans.list(), placements.list());
    }

    /** One life of the operator. */
    private final class Process extends StillObserver {
        final ClusterLoop loop;
        private final Ledger ledger;
        private Shown shown;

        Process(Shown shown) {
            this.shown = shown;
            InstantSource clock = () -> now;
            this.ledger = new Ledger(clock);
            this.loop = assemble(clock);
        }

        void see(Shown current) {
            shown = current;
        }

        private ClusterLoop assemble(InstantSource clock) {
            MeasuredEngine engine = new MeasuredEngine(new AnytimeEngine(clock, MigrationPricing::seconds), clock);
            Leadership leadership = new Leader();
            Events events = (subject, reason, action, note) -> said.add(reason);
            Histories histories = new Histories();
            Settler settler = new Settler(histories, placements);
            MigrationEnder ender = new MigrationEnder(migrations, leadership, clock);
            MigrationStarter starter = new MigrationStarter(migrations, ledger, leadership, clock);
            Proposer proposer = new Proposer(engine, new Planner(), new Effort(1, 500, 60_000), histories);
            PlanKeeper keeper = new PlanKeeper(plans, histories, events);
            OrderDesk orders = new OrderDesk(histories, new OrderedTargets(proposer, histories), keeper);
            PoolCycle poolCycle = new PoolCycle(
                    proposer,
                    new Scores(engine),
                    keeper,
                    new PlanExecutor(starter, ender, plans, events, histories),
                    histories);
            Reporter reporter = new Reporter(
                    new Reporter.Outlets(
                            new ReportBoard(),
                            new StatusWriter(new AtOnce()),
                            events,
                            new LoopMetrics(new SimpleMeterRegistry())),
                    placements,
                    histories,
                    AdmissionMode.GATE);
            return new ClusterLoop(
                    this,
                    leadership,
                    new Views(new ActiveConstraints()),
                    new ClusterLoop.LoopParts(
                            engine,
                            histories,
                            settler,
                            new Deadlines(ender, settler, events),
                            poolCycle,
                            orders,
                            reporter));
        }

        @Override
        public Snapshot snapshot() {
            Cluster cluster = withOrdered(shown.cluster());
            Situation situation = Situation.of(cluster, world.constraints());
            policies.forEach(situation::with);
            policies.forEach(policy -> situation.with(policy.getMetadata().getName(), outlook));
            profiles.forEach(situation::with);
            shown.plans().plans().forEach(situation::with);
            shown.placements().forEach(situation::with);
            orders.forEach(situation::ordered);
            return situation.snapshot();
        }

        /** What was ordered and is not seen yet, as the observer adds it from the ledger. */
        private Cluster withOrdered(Cluster seen) {
            Set<String> known = seen.migrations().stream().map(Migration::name).collect(Collectors.toSet());
            List<Migration> all = new ArrayList<>(seen.migrations());
            List<Vm> vms = new ArrayList<>();
            for (Vm vm : seen.vms()) {
                Reservation reservation = ledger.open().get(vm.instanceUid());
                if (reservation == null || known.contains(reservation.migration())) {
                    ledger.release(vm.instanceUid());
                    vms.add(vm);
                } else {
                    all.add(Migration.ordered(reservation.migration(), vm, reservation.node(), now));
                    vms.add(vm.movingTo(reservation.node()));
                }
            }
            return new Cluster(now, seen.nodes(), vms, seen.pods(), all, seen.namespaces());
        }
    }

    private final class Leader implements Leadership {
        @Override
        public boolean leading() {
            return true;
        }

        @Override
        public boolean confirmed() {
            return wire.read("lease", () -> true);
        }
    }

    /** The histories as text, without names and times. */
    static List<String> told(History history) {
        return history.entries().stream()
                .map(entry -> entry.from() + " > " + entry.to() + " " + entry.end())
                .toList();
    }
}

package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.config.Settings;
import dev.drover.constraint.Rule;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.kubevirt.SlimNamespace;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a snapshot says about objects as they meet in a cluster. */
class SnapshotBuilderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String RUNNING =
            "{phase: Running, nodeName: node-1, conditions: [{type: LiveMigratable, status: 'True'}]}";
    private static final String ON_NODE_1 =
            "spec: {nodeName: node-1, containers: [{name: compute, resources: {requests: {cpu: '1', memory: 2Gi}}}]}\nstatus: {phase: Running}";
    static final KubeVirtState KUBEVIRT = new KubeVirtState(true, "v1.9.0", false, true, 5, 2, Map.of(), "");

    private final Ledger ledger = new Ledger(() -> NOW);
    private final Measurements measurements = new Measurements();
    private final SnapshotBuilder builder = new SnapshotBuilder(measurements, ledger, Settings.DEFAULT);
    private final List<SlimNode> nodes =
            new ArrayList<>(List.of(Texts.node("node-1"), Texts.node("node-2"), Texts.node("node-3")));
    private final List<SlimPod> pods = new ArrayList<>();
    private final List<VirtualMachine> machines = new ArrayList<>();
    private final List<VirtualMachineInstance> instances = new ArrayList<>();
    private final List<VirtualMachineInstanceMigration> migrations = new ArrayList<>();
    private final List<PlacementPolicy> policies = new ArrayList<>();
    private MigrationLimits limits = MigrationLimits.NONE;
    private final List<PlacementConstraint> constraints = new ArrayList<>();
    private final List<VirtualMachineProfile> profiles = new ArrayList<>();
    private final List<ApplicationService> services = new ArrayList<>();

    private Snapshot snapshot() {
        SlimNamespace namespace =
                Texts.read(SlimNamespace.class, "metadata: {name: default, uid: n, labels: {team: shop}}");
        Written written =
                new Written(policies, constraints, List.of(), profiles, List.of(), List.of(), List.of(), services);
        Seen seen = new Seen(nodes, pods, List.of(namespace), machines, instances, migrations, limits, written);
        return builder.build(NOW, seen, KUBEVIRT, Freshness.FRESH);
    }

    private Vm vm(String name) {
        return snapshot().cluster().vms().stream()
                .filter(vm -> vm.id().equals(new VmId("default", name)))
                .findFirst()
                .orElseThrow();
    }

    private void running(String name) {
        instances.add(Texts.instance(name, RUNNING));
        pods.add(Texts.launcher("launcher-" + name, name, ON_NODE_1));
    }

    @Test
    void aRunningMachineIsWhereItsInstanceSays() {
        running("web-0");

        Vm vm = vm("web-0");

        assertThat(vm.uid()).isEqualTo("vm-web-0");
        assertThat(vm.instanceUid()).isEqualTo("uid-web-0");
        assertThat(vm.node()).isEqualTo("node-1");
        assertThat(vm.target()).isNull();
        assertThat(vm.requests()).isEqualTo(Resources.of(1000, 2L << 30).with(Resources.PODS, 1));
        assertThat(vm.migratability()).isEqualTo(Migratability.YES);
        assertThat(vm.demand().source()).isEqualTo(Demand.Source.REQUESTED);
        assertThat(vm.demand().amount()).isEqualTo(Resources.of(1000, 2L << 30));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{cpu: {sockets: 2, cores: 3, threads: 2}, memory: {guest: 4Gi}} | 12000 | 4294967296",
                "{cpu: {cores: 4}, resources: {requests: {cpu: 1, memory: 3Gi}}} | 4000 | 3221225472",
                "{resources: {requests: {cpu: 1500m}}} | 2000 | 2147483648",
                "{cpu: {model: host-model}} | 1000 | 2147483648"
            })
    void aGuestSeesWhatItsInstanceSays(String domain, long cpuMillis, long memory) {
        VirtualMachineInstance instance = Texts.instance("web-0", RUNNING);
        instance.setSpec(
                Texts.read(VirtualMachineInstance.class, "metadata: {name: a}\nspec: {domain: %s}".formatted(domain))
                        .getSpec());
        instances.add(instance);
        pods.add(Texts.launcher("launcher-web-0", "web-0", ON_NODE_1));

        assertThat(vm("web-0").guest()).isEqualTo(Resources.of(cpuMillis, memory));
    }

    @Test
    void finishedPodsAndEndedInstancesHoldNothing() {
        running("web-0");
        pods.add(Texts.launcher(
                "old", "web-0", ON_NODE_1.replace("Running", "Succeeded").replace("node-1", "node-3")));
        instances.add(Texts.instance("gone", "{phase: Succeeded, nodeName: node-2}"));

        assertThat(snapshot().cluster().pods()).extracting(Pod::name).containsExactly("launcher-web-0");
        assertThat(snapshot().cluster().vms()).extracting(Vm::id).containsExactly(new VmId("default", "web-0"));
        assertThat(vm("web-0").node()).isEqualTo("node-1");
    }

    @Test
    void aMigrationHoldsBothEndsFromTheOrderOn() {
        running("web-0");
        migrations.add(Texts.migration("m", "web-0", "status: {phase: Pending}"));

        assertThat(vm("web-0").target())
                .as("bound for its node selector's node")
                .isEqualTo("node-2");

        pods.add(Texts.target("target", "web-0", "uid-m", ON_NODE_1.replace("node-1", "node-3")));
        assertThat(vm("web-0").target()).as("where its pod is").isEqualTo("node-3");
        assertThat(vm("web-0").node()).isEqualTo("node-1");
    }

    @Test
    void aMigrationWithUnknownTargetStillBlocksItsMachine() {
        running("web-0");
        migrations.add(
                Texts.read(
                        VirtualMachineInstanceMigration.class,
                        """
                metadata: {name: m, namespace: default, uid: uid-m, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: {vmiName: web-0}
                status: {phase: TeleportingSoon}
                """));

        Migration migration = snapshot().cluster().migrations().getFirst();

        assertThat(migration.phase()).isEqualTo(Migration.Phase.UNKNOWN);
        assertThat(migration.inFlight()).isTrue();
        assertThat(migration.target()).isNull();
        assertThat(vm("web-0").target()).isNull();
    }

    @Test
    void aGuestThatArrivedIsNotMovingAnyMore() {
        instances.add(Texts.instance("web-0", RUNNING.replace("node-1", "node-2")));
        pods.add(Texts.launcher("source", "web-0", ON_NODE_1));
        pods.add(Texts.target("target", "web-0", "uid-m", ON_NODE_1.replace("node-1", "node-2")));
        migrations.add(Texts.migration("m", "web-0", "status: {phase: Running}"));

        assertThat(vm("web-0").node()).isEqualTo("node-2");
        assertThat(vm("web-0").target()).isNull();
        assertThat(snapshot().cluster().pods())
                .as("the source pod still holds its node")
                .hasSize(2);
    }

    @Test
    void theEndOfAMigrationIsTold() {
        running("web-0");
        migrations.add(
                Texts.migration(
                        "m",
                        "web-0",
                        """
                status:
                  phase: Failed
                  phaseTransitionTimestamps:
                  - {phase: Running, phaseTransitionTimestamp: "2026-01-01T00:01:00Z"}
                  - {phase: Failed, phaseTransitionTimestamp: "2026-01-01T00:02:00Z"}
                  migrationState: {migrationUid: uid-m, sourceNode: node-1, targetNode: node-3, failed: true, completed: true, failureReason: out of memory}
                """));

        Migration migration = snapshot().cluster().migrations().getFirst();

        assertThat(migration.inFlight()).isFalse();
        assertThat(migration.source()).isEqualTo("node-1");
        assertThat(migration.target()).isEqualTo("node-3");
        assertThat(migration.phaseSince()).isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
        assertThat(migration.failure()).isEqualTo("out of memory");
    }

    @Test
    void aStartIsReservedUntilItsPodIsBound() {
        instances.add(Texts.instance("web-0", "{phase: Scheduling}"));
        pods.add(Texts.launcher("launcher", "web-0", "spec: {schedulingGates: [{name: drover.dev/placement}]}"));
        ledger.reserve(Reservation.start("uid-web-0", "node-3", NOW.plusSeconds(30)));

        assertThat(vm("web-0").node()).isNull();
        assertThat(vm("web-0").target()).isEqualTo("node-3");
        assertThat(vm("web-0").migratability().live()).isFalse();

        pods.set(0, Texts.launcher("launcher", "web-0", ON_NODE_1));
        assertThat(vm("web-0").node()).isEqualTo("node-1");
        assertThat(vm("web-0").target()).isNull();
        assertThat(ledger.open()).as("an object shows it now").isEmpty();
    }

    @Test
    void withoutALedgerTheNominationStandsIn() {
        instances.add(Texts.instance("web-0", "{phase: Scheduling}"));
        pods.add(Texts.launcher("launcher", "web-0", "status: {phase: Pending, nominatedNodeName: node-2}"));

        assertThat(vm("web-0").target()).isEqualTo("node-2");
    }

    @Test
    void anOrderThatIsNotSeenYetCountsAsAMigration() {
        running("web-0");
        ledger.reserve(Reservation.migration("uid-web-0", "node-3", "drover-1", NOW.plusSeconds(30)));

        Snapshot before = snapshot();
        assertThat(before.cluster().vms().getFirst().target()).isEqualTo("node-3");
        assertThat(before.cluster().migrations())
                .singleElement()
                .satisfies(migration -> assertThat(migration.inFlight()).isTrue());

        migrations.add(Texts.migration("drover-1", "web-0", "status: {phase: Failed}"));
        assertThat(vm("web-0").target()).isNull();
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void aMigrationThatFailedBeforeItWasHandedOverLeftTheGuestWhereItIs() {
        running("web-0");
        migrations.add(Texts.migration("m", "web-0", "status: {phase: Failed}"));

        assertThat(snapshot().cluster().migrations()).singleElement().satisfies(migration -> assertThat(
                        migration.source())
                .isEqualTo(vm("web-0").node()));
    }

    @Test
    void aReservationThatExpiredIsForgotten() {
        running("web-0");
        ledger.reserve(Reservation.migration("uid-web-0", "node-3", "drover-1", NOW));

        assertThat(vm("web-0").target()).isNull();
        assertThat(snapshot().cluster().migrations()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamedAgainAndAgainAndTheRestIsThere() {
        running("web-0");
        nodes.add(Texts.read(
                SlimNode.class,
                "metadata: {name: odd, uid: odd, labels: {a: b}}\nstatus: {allocatable: {cpu: minus one}}"));
        pods.add(
                Texts.read(
                        SlimPod.class,
                        "metadata: {name: odd, namespace: default, uid: o}\nspec: {nodeName: node-2, containers: [{name: c, resources: {requests: {cpu: -1}}}]}"));
        snapshot();

        Snapshot again = snapshot();

        assertThat(again.faults())
                .extracting(Fault::kind, Fault::name)
                .containsExactlyInAnyOrder(tuple("Node", "odd"), tuple("Pod", "odd"));
        assertThat(again.cluster().nodes()).hasSize(4).anySatisfy(node -> {
            assertThat(node.name()).isEqualTo("odd");
            assertThat(node.ready()).isFalse();
        });
        assertThat(again.cluster().pods()).hasSize(2);
        assertThat(again.cluster().vms()).hasSize(1);
    }

    @Test
    void measuredDemandIsThePercentileAndAProfileWins() {
        running("web-0");
        running("web-1");
        policies.add(
                Texts.read(
                        PlacementPolicy.class,
                        "metadata: {name: default, uid: p, creationTimestamp: '2026-01-01T00:00:00Z'}\nspec: {demand: {source: Auto, percentile: 100}}"));
        profiles.add(
                Texts.read(
                        VirtualMachineProfile.class,
                        "metadata: {name: big, namespace: default, uid: q, creationTimestamp: '2026-01-01T00:00:00Z'}\nspec: {virtualMachines: {name: web-1}, demand: {cpu: '3'}}"));
        assertThat(snapshot().demandOf().get("default").source()).isEqualTo(DemandSource.REQUESTS);

        for (String uid : List.of("uid-web-0", "uid-web-1")) {
            measurements.add(uid, "t1", NOW.minusSeconds(30), Resources.of(400, 1000));
            measurements.add(uid, "t2", NOW.minusSeconds(15), Resources.of(700, 900));
        }
        measurements.answered(Set.of("uid-web-0", "uid-web-1"), Set.of(), Map.of());

        assertThat(vm("web-0").demand()).isEqualTo(new Demand(Resources.of(700, 1000), Demand.Source.MEASURED));
        assertThat(vm("web-1").demand()).isEqualTo(new Demand(Resources.of(3000, 1000), Demand.Source.CONFIGURED));
        assertThat(snapshot().demandOf().get("default")).isEqualTo(new DemandState(DemandSource.METRICS, true, ""));
        assertThat(snapshot().profileOf()).containsOnlyKeys(new VmId("default", "web-1"));
    }

    @Test
    void whatAServiceDeclaresCountsUntilItIsMeasured() {
        running("web-0");
        policies.add(
                Texts.read(
                        PlacementPolicy.class,
                        "metadata: {name: default, uid: p, creationTimestamp: '2026-01-01T00:00:00Z'}\nspec: {demand: {source: Auto, percentile: 100}}"));
        services.add(shop("profile: {cpu: '3'}"));

        assertThat(vm("web-0").demand()).isEqualTo(new Demand(Resources.of(3000, 2L << 30), Demand.Source.DECLARED));

        measurements.add("uid-web-0", "t1", NOW.minusSeconds(15), Resources.of(700, 900));
        measurements.answered(Set.of("uid-web-0"), Set.of(), Map.of());
        assertThat(vm("web-0").demand()).isEqualTo(new Demand(Resources.of(700, 900), Demand.Source.MEASURED));
    }

    @Test
    void theRulesOfAServiceAreConstraintsOverTheMachinesOfTheirApplications() {
        running("web-0");
        services.add(shop("constraints: [{type: Spread, enforcement: Preferred, weight: 7}, {type: Colocate}]"));

        Snapshot snapshot = snapshot();

        assertThat(snapshot.constraints())
                .extracting(constraint -> constraint.id().toString())
                .containsExactly("ApplicationService default/shop.web.0", "ApplicationService default/shop.web.1");
        assertThat(snapshot.constraints().getFirst()).satisfies(spread -> {
            assertThat(spread.rule()).isInstanceOf(Rule.Spread.class);
            assertThat(spread.required()).isFalse();
            assertThat(spread.selection().selects(snapshot.cluster().vms().getFirst(), Map.of()))
                    .isTrue();
        });
        assertThat(snapshot.rejected()).isEmpty();
    }

    private static ApplicationService shop(String members) {
        return Texts.read(
                ApplicationService.class,
                """
                metadata: {name: shop, namespace: default, uid: s, creationTimestamp: '2026-01-01T00:00:00Z'}
                spec: {applications: [{name: web, %s, virtualMachines: {selector: {matchLabels: {app: web}}}}]}
                """
                        .formatted(members));
    }

    @Test
    void aRuleOverLabelsThatNeverReachTheInstanceIsPointedOut() {
        running("web-0");
        machines.add(Texts.machine("web-0", "{tier: gold}", "{app: web}"));
        constraints.add(constraint("by-metadata", Map.of("tier", "gold")));
        constraints.add(constraint("by-template", Map.of("app", "web")));
        constraints.add(constraint("by-nothing", Map.of("app", "none")));

        assertThat(snapshot().labelsNotOnTemplate()).hasSize(1).allSatisfy((id, message) -> {
            assertThat(id.name()).isEqualTo("by-metadata");
            assertThat(message).contains("default/web-0").contains("spec.template.metadata.labels");
        });
    }

    private static PlacementConstraint constraint(String name, Map<String, String> labels) {
        return Texts.read(
                PlacementConstraint.class,
                """
                metadata: {name: %s, namespace: default, uid: %s, creationTimestamp: '2026-01-01T00:00:00Z'}
                spec: {virtualMachines: {matchLabels: {%s}}, type: Spread}
                """
                        .formatted(
                                name,
                                name,
                                labels.entrySet().stream()
                                        .map(label -> label.getKey() + ": " + label.getValue())
                                        .collect(Collectors.joining(", "))));
    }
}

package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.config.SteadyClock;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.Rule;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.kubevirt.MigrationOrder;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Demand;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Curve;
import dev.drover.testbed.player.Fault;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One story on six nodes: machines start, move, are ruled and measured, and the snapshot tells it as it is. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObserverIT {

    private final Testbed testbed;
    private final KubeVirtApi kubeVirt;
    private Scene scene;

    ObserverIT(Testbed testbed) {
        this.testbed = testbed;
        this.kubeVirt = new KubeVirtApi(testbed.client());
    }

    @BeforeAll
    void sixNodesAndFourMachines() {
        Scene.applyOwnKinds(testbed);
        testbed.addNodes(IntStream.rangeClosed(1, 6)
                .mapToObj(i -> NodeShape.plain("node-" + i).zone(i <= 3 ? "a" : "b"))
                .toArray(NodeShape[]::new));
        IntStream.range(0, 4).forEach(i -> testbed.apply(Scene.virtualMachine("web-" + i, "web")));
        scene = Scene.impatient(testbed.client()).ready();
        scene.awaitMovable("web-0", "web-1", "web-2", "web-3");
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    @Test
    @Order(1)
    void theSnapshotShowsNodesAndRunningMachines() {
        scene.await(() -> scene.snapshot().kubeVirt().canMove());
        Snapshot snapshot = scene.snapshot();

        assertThat(snapshot.cluster().nodes())
                .extracting(Node::name)
                .containsExactly("node-1", "node-2", "node-3", "node-4", "node-5", "node-6");
        assertThat(snapshot.cluster().nodes()).allSatisfy(node -> {
            assertThat(node.ready()).isTrue();
            assertThat(node.allocatable().cpuMillis()).isEqualTo(16_000);
            assertThat(node.allocatable().memoryBytes()).isEqualTo(64L << 30);
        });
        Vm web = scene.vm("web-0");
        assertThat(web.owned()).isTrue();
        assertThat(web.labels()).containsEntry("app", "web").doesNotContainKey("tier");
        assertThat(web.requests().cpuMillis()).isGreaterThanOrEqualTo(500);
        assertThat(web.requests().memoryBytes()).isGreaterThan(1L << 30);
        assertThat(web.requests().get(Resources.PODS)).isEqualTo(1);
        assertThat(web.requests().get("devices.kubevirt.io/kvm")).isEqualTo(1);
        assertThat(web.scheduling().nodeSelector())
                .containsEntry("kubevirt.io/schedulable", "true")
                .containsEntry("cpu-vendor.node.kubevirt.io/Intel", "true")
                .containsEntry("cpu-model-migration.node.kubevirt.io/Skylake", "true")
                .doesNotContainKey("kubernetes.io/hostname");
        assertThat(snapshot.faults()).isEmpty();
        assertThat(snapshot.kubeVirt()).isEqualTo(new KubeVirtState(true, "v1.9.0", false, true, 5, 2, Map.of(), ""));
    }

    @Test
    @Order(2)
    void theSnapshotIsFresh() {
        scene.await(() -> scene.snapshot().freshness().fresh());

        assertThat(scene.snapshot().freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    @Order(3)
    void aMachineHoldsBothNodesWhileItMoves() {
        Vm before = scene.vm("web-0");
        String target = otherNode(before);
        testbed.player().faults().next(new dev.drover.testbed.player.VmId("default", "web-0"), new Fault.Slow(4));
        VirtualMachineInstanceMigration created = kubeVirt.createMigration(order("move-0", "web-0", target));

        scene.await(() -> target.equals(scene.vm("web-0").target()));
        Migration seen = scene.snapshot().cluster().migrations().getFirst();
        assertThat(seen.uid()).isEqualTo(created.getMetadata().getUid());
        assertThat(seen.vm()).isEqualTo(new VmId("default", "web-0"));
        assertThat(seen.ours()).isTrue();
        assertThat(seen.move()).isEqualTo("plan-1/m0");
        assertThat(seen.target()).isEqualTo(target);

        scene.await(() ->
                target.equals(scene.vm("web-0").node()) && scene.vm("web-0").target() == null);
        assertThat(scene.vm("web-0").scheduling().nodeSelector())
                .as("the order's own selector does not bind the next move")
                .doesNotContainKey("kubernetes.io/hostname")
                .containsEntry("cpu-model-migration.node.kubevirt.io/Skylake", "true");
        scene.await(() -> scene.snapshot().cluster().migrations().stream()
                .allMatch(migration -> migration.phase() == Migration.Phase.SUCCEEDED));
    }

    @Test
    @Order(4)
    void aNameIsTakenOnlyOnce() {
        String target = otherNode(scene.vm("web-0"));

        assertThatThrownBy(() -> kubeVirt.createMigration(order("move-0", "web-0", target)))
                .isInstanceOfSatisfying(KubernetesClientException.class, error -> assertThat(error.getCode())
                        .isEqualTo(409));
        assertThat(kubeVirt.migrationsOf("default", "web-0")).hasSize(1);
        assertThat(kubeVirt.deleteMigration("default", "move-0", "another-uid")).isFalse();
    }

    @Test
    @Order(5)
    void whatIsOrderedAndNotSeenYetIsCounted() {
        Vm before = scene.vm("web-1");
        String target = otherNode(before);

        scene.ledger.reserve(Reservation.migration(
                before.instanceUid(),
                target,
                "not-seen-yet",
                new SteadyClock().instant().plusSeconds(600)));

        assertThat(scene.vm("web-1").target()).isEqualTo(target);
        assertThat(scene.snapshot().cluster().migrations())
                .filteredOn(Migration::inFlight)
                .singleElement()
                .satisfies(migration -> assertThat(migration.vm()).isEqualTo(before.id()));
        scene.ledger.release(before.instanceUid());
        assertThat(scene.vm("web-1").target()).isNull();
    }

    @Test
    @Order(6)
    void constraintsAndPoliciesAreRead() {
        AtomicInteger changes = new AtomicInteger();
        scene.observer.onChange(Duration.ofMillis(50), changes::incrementAndGet);
        testbed.apply(
                """
                apiVersion: drover.dev/v1alpha1
                kind: PlacementConstraint
                metadata: {name: apart, namespace: default}
                spec: {virtualMachines: {matchLabels: {app: web}}, type: Spread}
                ---
                apiVersion: drover.dev/v1alpha1
                kind: PlacementConstraint
                metadata: {name: by-metadata, namespace: default}
                spec: {virtualMachines: {matchLabels: {tier: gold}}, type: Spread}
                ---
                apiVersion: drover.dev/v1alpha1
                kind: PlacementPolicy
                metadata: {name: zone-a}
                spec: {nodeSelector: {matchLabels: {topology.kubernetes.io/zone: a}}}
                """);

        scene.await(() -> scene.snapshot().constraints().size() == 2
                && scene.snapshot().policies().size() == 1);
        Snapshot snapshot = scene.snapshot();
        Constraint apart = snapshot.constraints().stream()
                .filter(constraint -> constraint.id().name().equals("apart"))
                .findFirst()
                .orElseThrow();
        assertThat(apart.rule()).isInstanceOf(Rule.Spread.class);
        assertThat(snapshot.cluster().vms())
                .filteredOn(
                        vm -> apart.selection().selects(vm, snapshot.cluster().namespaces()))
                .hasSize(4);
        assertThat(snapshot.labelsNotOnTemplate().keySet()).singleElement().satisfies(id -> assertThat(id.name())
                .isEqualTo("by-metadata"));
        assertThat(snapshot.pools().pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.nodes().cardinality()).isEqualTo(3));
        scene.await(() -> changes.get() > 0);
    }

    @Test
    @Order(7)
    void demandIsMeasured() {
        testbed.player()
                .demand(
                        new dev.drover.testbed.player.VmId("default", "web-2"),
                        new dev.drover.testbed.player.Demand(
                                Curve.constant(3), Curve.constant(5e8), Curve.constant(0)));

        scene.await(() -> scene.vm("web-2").demand().source() == Demand.Source.MEASURED
                && scene.vm("web-2").demand().amount().cpuMillis() > 700);
        assertThat(scene.snapshot().demandOf().get("zone-a").usable()).isTrue();
        // Nothing but virtual machines is at work on these nodes.
        scene.await(() -> scene.snapshot().cluster().nodes().stream()
                .map(Node::otherUsage)
                .allMatch(others -> others != null && others.cpuMillis() < 100));
    }

    @Test
    @Order(8)
    void whatKubeVirtLetsAMigrationSendIsKnown() {
        assertThat(scene.vm("web-0").migratability().bandwidth()).isZero();
        testbed.apply(
                """
                apiVersion: migrations.kubevirt.io/v1alpha1
                kind: MigrationPolicy
                metadata: {name: thrifty}
                spec:
                  bandwidthPerMigration: 64Mi
                  selectors: {virtualMachineInstanceSelector: {app: web}}
                """);
        try {
            scene.await(() -> scene.vm("web-0").migratability().bandwidth() == 64L << 20);
        } finally {
            testbed.client()
                    .genericKubernetesResources("migrations.kubevirt.io/v1alpha1", "MigrationPolicy")
                    .withName("thrifty")
                    .delete();
        }
        scene.await(() -> scene.vm("web-0").migratability().bandwidth() == 0);
    }

    private String otherNode(Vm vm) {
        return List.of("node-1", "node-2", "node-3").stream()
                .filter(name -> !name.equals(vm.node()))
                .findFirst()
                .orElseThrow();
    }

    private static MigrationOrder order(String name, String instance, String target) {
        return new MigrationOrder(
                "default", name, instance, target, Map.of(), Map.of(Migration.MOVE_ANNOTATION, "plan-1/m0"));
    }
}

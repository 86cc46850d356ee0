package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts, stops and live migrations: what the player writes, seen through the real virt-controller. */
@OnTestbed
class PlayerIT {

    private final VmCluster cluster;

    PlayerIT(Testbed testbed) {
        cluster = new VmCluster(testbed);
    }

    @BeforeAll
    static void nodes(Testbed testbed) {
        new VmCluster(testbed).addNodes(3);
    }

    @Test
    void a_vm_starts_and_can_migrate_unless_it_is_annotated() {
        var starts = cluster.player().stats().starts();
        cluster.createVm("free", "", Map.of());
        cluster.createVm("bound", "", Map.of(Migratability.NOT_MIGRATABLE, "SEVNotLiveMigratable: VMI uses SEV"));

        cluster.awaitRunning("free");
        cluster.awaitRunning("bound");

        assertThat(cluster.player().stats().starts()).isEqualTo(starts + 2);
        assertThat(cluster.vmi("free").text("status", "selinuxContext")).isEqualTo("none");
        assertThat(cluster.vmi("free").text("status", "machine", "type")).isEqualTo("pc-q35-rhel9.6.0");
        assertThat(cluster.vmi("free").conditions()).anySatisfy(condition -> assertThat(condition)
                .containsEntry("type", "LiveMigratable")
                .containsEntry("status", "True"));
        assertThat(cluster.vmi("bound").conditions()).anySatisfy(condition -> assertThat(condition)
                .containsEntry("type", "LiveMigratable")
                .containsEntry("status", "False")
                .containsEntry("reason", "SEVNotLiveMigratable")
                .containsEntry("message", "VMI uses SEV"));
    }

    @Test
    void a_vm_moves_to_another_node_and_back() {
        cluster.runVm("mover", "node-1");

        cluster.migrate("there", "mover", "node-2");
        cluster.assertMoved("there", "mover", "node-1", "node-2");
        cluster.migrate("back", "mover", "node-1");
        cluster.awaitMigration("back", "Succeeded");

        assertThat(cluster.vmi("mover").node()).isEqualTo("node-1");
    }

    @Test
    void two_migrations_from_one_node_take_twice_as_long_as_one() {
        var heavy = Map.of(Demands.MEMORY, "5000M", Demands.DIRTY_RATE, "0");
        for (var name : new String[] {"alone", "left", "right"}) {
            cluster.createVm(name, "node-1", "{cores: 1}", "8Gi", heavy);
        }
        for (var name : new String[] {"alone", "left", "right"}) {
            cluster.awaitRunning(name);
        }
        cluster.migrate("alone", "alone", "node-2");
        cluster.awaitMigration("alone", "Succeeded");

        cluster.migrate("left", "left", "node-2");
        cluster.migrate("right", "right", "node-3");
        cluster.awaitMigration("left", "Succeeded");
        cluster.awaitMigration("right", "Succeeded");

        // 5 GB over 10 Gbit/s; stamps are whole seconds, and the two need not begin in the same moment.
        assertThat(copySeconds("alone")).isCloseTo(4, within(1.5));
        assertThat(copySeconds("left") + copySeconds("right")).isCloseTo(16, within(5.0));
    }

    @Test
    void a_guest_that_changes_its_memory_too_fast_is_aborted_when_kubevirts_time_is_over() {
        cluster.testbed()
                .apply(
                        """
                        apiVersion: migrations.kubevirt.io/v1alpha1
                        kind: MigrationPolicy
                        metadata: {name: impatient}
                        spec:
                          completionTimeoutPerGiB: 1
                          selectors: {virtualMachineInstanceSelector: {app: web}}
                        """);
        try {
            var restless = Map.of(Demands.MEMORY, "4Gi", Demands.DIRTY_RATE, "2G");
            cluster.createVm("restless", "node-1", "{cores: 1}", "4Gi", restless);
            cluster.awaitRunning("restless");
            cluster.migrate("hopeless", "restless", "node-2");

            cluster.assertStayed("hopeless", "restless", "node-1");
            assertThat(cluster.migrationState("restless").text("failureReason"))
                    .isEqualTo("Live migration has been aborted");
            assertThat(copySeconds("restless")).isCloseTo(4, within(1.5));
        } finally {
            cluster.client()
                    .genericKubernetesResources("migrations.kubevirt.io/v1alpha1", "MigrationPolicy")
                    .withName("impatient")
                    .delete();
        }
    }

    @Test
    void an_evicted_vm_is_moved_by_kubevirt() {
        cluster.runVm("evicted", "node-1");
        var guest = cluster.vmi("evicted").uid();

        // KubeVirt refuses with 429 and migrates; the client asks again until the pod has ended and may go.
        cluster.client().pods().resource(cluster.pods("evicted").getFirst()).evict();

        soon().untilAsserted(() -> assertThat(cluster.vmi("evicted").node()).isNotEqualTo("node-1"));
        assertThat(cluster.vmi("evicted").uid()).as("moved, not started again").isEqualTo(guest);
        assertThat(cluster.vmi("evicted").text("status", "evacuationNodeName")).isEmpty();
    }

    @Test
    void a_vm_stops() {
        cluster.runVm("stopper", "node-3");
        var stops = cluster.player().stats().stops();

        cluster.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName("stopper")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"runStrategy\":\"Halted\"}}");

        soon().untilAsserted(() -> assertThat(cluster.vmiExists("stopper")).isFalse());
        soon().untilAsserted(() -> assertThat(cluster.player().stats().stops()).isGreaterThan(stops));
    }

    @Test
    void a_crashed_vm_is_started_again_by_kubevirt() {
        cluster.runVm("fragile", "node-3");
        var first = cluster.vmi("fragile").uid();

        cluster.player().crash(VmId.of("fragile"));

        soon().untilAsserted(() -> {
            assertThat(cluster.vmiExists("fragile")).isTrue();
            assertThat(cluster.vmi("fragile").uid()).isNotEqualTo(first);
            assertThat(cluster.vmi("fragile").phase()).isEqualTo("Running");
        });
    }

    @Test
    void nothing_happens_on_a_dead_node_until_it_is_back() {
        cluster.runVm("waiting", "node-1");
        cluster.player().faults().next(VmId.of("waiting"), new Fault.Slow(5));
        cluster.migrate("interrupted", "waiting", "node-2");
        cluster.awaitMigration("interrupted", "Running");

        cluster.player().killNode("node-2");
        Awaitility.await()
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(
                        () -> assertThat(cluster.migrationPhase("interrupted")).isEqualTo("Running"));
        cluster.player().reviveNode("node-2");

        cluster.assertMoved("interrupted", "waiting", "node-1", "node-2");
    }

    private double copySeconds(String vm) {
        var state = cluster.migrationState(vm);
        var started = Instant.parse(state.text("startTimestamp"));
        return Duration.between(started, Instant.parse(state.text("endTimestamp")))
                        .toMillis()
                / 1000.0;
    }
}

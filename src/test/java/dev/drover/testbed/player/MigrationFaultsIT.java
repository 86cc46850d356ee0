package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault.Phase;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault leaves what KubeVirt expects: the VM runs on its source and can migrate at once. */
@OnTestbed
class MigrationFaultsIT {

    private final VmCluster cluster;

    MigrationFaultsIT(Testbed testbed) {
        cluster = new VmCluster(testbed);
    }

    @BeforeAll
    static void nodes(Testbed testbed) {
        new VmCluster(testbed).addNodes(3);
    }

    @AfterEach
    void healthy() {
        cluster.player().reset();
    }

    @Test
    void a_target_that_fails_before_the_hand_off() {
        cluster.runVm("early", "node-1");
        cluster.player().faults().next(VmId.of("early"), new Fault.FailBeforeHandOff("no room for the guest"));

        cluster.migrate("early-1", "early", "node-2");

        cluster.assertStayed("early-1", "early", "node-1");
        assertThat(cluster.pods("early"))
                .anySatisfy(pod -> assertThat(pod.getStatus().getMessage()).isEqualTo("no room for the guest"));
        movesNow("early", "early-2", "node-2");
    }

    @Test
    void a_copy_that_fails() {
        cluster.runVm("late", "node-1");
        var failed = cluster.player().stats().failed();
        cluster.player().faults().next(VmId.of("late"), new Fault.FailWhileRunning("the link broke"));

        cluster.migrate("late-1", "late", "node-2");

        cluster.assertStayed("late-1", "late", "node-1");
        assertThat(cluster.migrationState("late").text("failureReason")).isEqualTo("the link broke");
        assertThat(cluster.player().stats().failed()).isEqualTo(failed + 1);
        movesNow("late", "late-2", "node-2");
    }

    @Test
    void every_migration_to_a_bad_node_fails_and_others_do_not() {
        cluster.runVm("choosy", "node-1");
        cluster.player().faults().everyTo("node-2", new Fault.FailWhileRunning("bad node"));

        for (var attempt : List.of("choosy-1", "choosy-2")) {
            cluster.migrate(attempt, "choosy", "node-2");
            cluster.assertStayed(attempt, "choosy", "node-1");
        }

        movesNow("choosy", "choosy-3", "node-3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"PREPARING_TARGET, PreparingTarget", "TARGET_READY, TargetReady", "RUNNING, Running"})
    void a_migration_that_hangs_ends_when_its_target_pod_is_deleted(Phase hang, String phase) {
        var vm = "stuck-" + phase.toLowerCase();
        cluster.runVm(vm, "node-1");
        cluster.player().faults().next(VmId.of(vm), new Fault.Hang(hang));

        cluster.migrate(vm + "-1", vm, "node-2");
        cluster.awaitMigration(vm + "-1", phase);
        stays(vm + "-1", phase);
        cluster.deletePodsOn(vm, "node-2");

        cluster.assertStayed(vm + "-1", vm, "node-1");
        movesNow(vm, vm + "-2", "node-3");
    }

    @Test
    void a_migration_that_hangs_goes_on_when_the_faults_are_cleared() {
        cluster.runVm("patient", "node-1");
        cluster.player().faults().next(VmId.of("patient"), new Fault.Hang(Phase.TARGET_READY));
        cluster.migrate("patient-1", "patient", "node-2");
        cluster.awaitMigration("patient-1", "TargetReady");

        cluster.player().faults().clear();

        cluster.assertMoved("patient-1", "patient", "node-1", "node-2");
    }

    @Test
    void a_hanging_copy_is_aborted_when_its_migration_is_deleted() {
        cluster.runVm("undecided", "node-1");
        var aborted = cluster.player().stats().aborted();
        cluster.player().faults().next(VmId.of("undecided"), new Fault.Hang(Phase.RUNNING));
        cluster.migrate("undecided-1", "undecided", "node-2");
        cluster.awaitMigration("undecided-1", "Running");

        cluster.deleteMigration("undecided-1");

        cluster.awaitMigration("undecided-1", "");
        assertThat(cluster.vmi("undecided").node()).isEqualTo("node-1");
        assertThat(cluster.migrationState("undecided").abortStatus()).isEqualTo("Succeeded");
        assertThat(cluster.migrationState("undecided").text("failureReason"))
                .isEqualTo("Live migration has been aborted");
        assertThat(cluster.player().stats().aborted()).isEqualTo(aborted + 1);
        movesNow("undecided", "undecided-2", "node-2");
    }

    @Test
    void an_abort_that_fails_lets_the_migration_go_on() {
        cluster.runVm("stubborn", "node-1");
        cluster.player()
                .faults()
                .next(VmId.of("stubborn"), new Fault.AbortFails())
                .next(VmId.of("stubborn"), new Fault.Slow(10));
        cluster.migrate("stubborn-1", "stubborn", "node-2");
        cluster.awaitMigration("stubborn-1", "Running");

        cluster.deleteMigration("stubborn-1");

        soon().untilAsserted(() ->
                assertThat(cluster.migrationState("stubborn").abortStatus()).isEqualTo("Failed"));
        cluster.awaitMigration("stubborn-1", "");
        assertThat(cluster.vmi("stubborn").node()).isEqualTo("node-2");
        assertThat(cluster.migrationState("stubborn").failed()).isFalse();
    }

    private void stays(String migration, String phase) {
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .untilAsserted(
                        () -> assertThat(cluster.migrationPhase(migration)).isEqualTo(phase));
    }

    private void movesNow(String vm, String migration, String node) {
        cluster.migrate(migration, vm, node);
        cluster.awaitMigration(migration, "Succeeded");
        assertThat(cluster.vmi(vm).node()).isEqualTo(node);
    }
}

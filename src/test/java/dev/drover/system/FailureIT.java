package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MoveState;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that fail or never end: what Drover does about them, and what it leaves alone. */
@OnTestbed
@Tag("full")
class FailureIT {
    private static final String DEADLINES =
            "migrationDeadlines: {pendingSeconds: 30, schedulingSeconds: 15, preparingSeconds: 12, runningSeconds: 12}";

    /** What KubeVirt calls a migration that hangs there. */
    private static final Map<Fault.Phase, String> NAMES = Map.of(
            Fault.Phase.PREPARING_TARGET, "PreparingTarget",
            Fault.Phase.TARGET_READY, "TargetReady",
            Fault.Phase.RUNNING, "Running");

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private Migrations migrations;
    private Eyes eyes;

    FailureIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** Two VMs are on node-1 and will have to part; node-2 is the only way out as long as node-3 is cordoned. */
    @BeforeEach
    void oneWayOut() {
        stage = Stage.withNodes(testbed, 3);
        Vms.named("twin", 2).preferring("node-1").run(testbed);
        assertThat(Vms.running(testbed).values()).containsOnly("node-1");
        testbed.cordon("node-3");
        stage.operator();
        testbed.apply(Yaml.policy("Automatic", "Advise", DEADLINES));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        migrations = stage.migrations();
        eyes = stage.eyes();
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void aNodeToWhichMigrationsFailIsQuarantinedForThoseThatFailed() {
        testbed.player().faults().everyTo("node-2", new Fault.FailBeforeHandOff("no such bridge"));
        wantThemApart();

        String moved = Awaiting.until("A migration fails", migrations::ours, this::oneFailed)
                .getFirst()
                .vm();
        Awaiting.until(
                "The node is quarantined for " + moved,
                () -> shown.status("VirtualMachinePlacement", moved, "quarantinedNodes"),
                nodes -> nodes.contains("node-2"));
        Awaiting.always(
                "Nobody tries the same again",
                Duration.ofSeconds(8),
                migrations::ours,
                ours -> ours.stream().map(Migrations.Seen::vm).distinct().count() == ours.size());

        testbed.uncordon("node-3");
        awaitApart();
        assertThat(migrations.ours().getLast()).satisfies(last -> {
            assertThat(last.phase()).isEqualTo("Succeeded");
            assertThat(last.to()).isEqualTo("node-3");
        });
    }

    @Test
    void anAttemptThatFindsNoNodeIsEndedAndAnotherOneFollows() {
        testbed.killProgram("kube-scheduler");
        try {
            wantThemApart();
            Awaiting.until("A first attempt is over", migrations::ours, this::oneOver);
        } finally {
            testbed.startProgram("kube-scheduler");
        }
        testbed.uncordon("node-3");
        awaitApart();

        List<Migrations.Seen> ours = migrations.ours();
        assertThat(ours).hasSizeGreaterThan(1);
        // A migration that is deleted before its hand-off vanishes, so the next one may have its name again.
        assertThat(ours.getFirst().phase()).isNotEqualTo("Succeeded");
        assertThat(ours.getLast().phase()).isEqualTo("Succeeded");
    }

    @ParameterizedTest
    @EnumSource(Fault.Phase.class)
    void aMigrationThatHangsIsEndedAtItsDeadline(Fault.Phase phase) {
        testbed.player().faults().nextTo("node-2", new Fault.Hang(phase));
        wantThemApart();

        Awaiting.until("The plan gives the move up", shown::moves, states -> states.contains(MoveState.FAILED));
        assertThat(migrations.ours().getFirst().phase()).isNotEqualTo("Succeeded");
        testbed.uncordon("node-3");
        awaitApart();

        assertThat(migrations.ours().getLast().phase()).isEqualTo("Succeeded");
        assertThat(Vms.running(testbed)).as("no guest was lost").hasSize(2);
    }

    /** Before its memory is copied, and while it is. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.Phase.class,
            names = {"PREPARING_TARGET", "RUNNING"})
    void aMigrationWhoseTargetNodeDiesIsEndedAtItsDeadlineAndAnotherNodeIsTried(Fault.Phase phase) {
        testbed.player().faults().nextTo("node-2", new Fault.Hang(phase));
        wantThemApart();
        Migrations.Seen hanging = Awaiting.until("The migration hangs", migrations::ours, ours -> ours.stream()
                        .anyMatch(migration -> NAMES.get(phase).equals(migration.phase())))
                .getFirst();
        assertThat(hanging.to()).isEqualTo("node-2");

        testbed.killNode("node-2");
        Awaiting.until("The plan gives the move up", shown::moves, states -> states.contains(MoveState.FAILED));
        assertThat(Vms.running(testbed)).as("it goes on at its source").containsEntry(hanging.vm(), "node-1");
        Awaiting.until(
                "The dead node is not tried again soon",
                () -> shown.status("VirtualMachinePlacement", hanging.vm(), "quarantinedNodes"),
                nodes -> nodes.contains("node-2"));
        Awaiting.until("Nothing is reserved any more", () -> eyes.cluster().vms(), vms -> vms.stream()
                .allMatch(vm -> vm.target() == null));
        assertThat(shown.status("PlacementPolicy", "default", "inFlight")).isEqualTo("0");

        testbed.uncordon("node-3");
        awaitApart();
        assertThat(migrations.ours()).hasSize(2).last().satisfies(last -> {
            assertThat(last.phase()).isEqualTo("Succeeded");
            assertThat(last.to()).isEqualTo("node-3");
        });
        assertThat(Vms.running(testbed)).as("no guest was lost").hasSize(2);
    }

    private void wantThemApart() {
        testbed.apply(Yaml.rule("twins-apart", "app: twin", "type: Spread"));
    }

    private void awaitApart() {
        Awaiting.until(
                "They are apart; migrations: " + migrations,
                () -> Vms.running(testbed),
                running -> running.size() == 2
                        && running.values().stream().distinct().count() == 2);
        Awaiting.until("Nothing is in flight", migrations::ours, ours -> "Succeeded"
                .equals(ours.getLast().phase()));
    }

    private boolean oneFailed(List<Migrations.Seen> ours) {
        return ours.stream().anyMatch(migration -> "Failed".equals(migration.phase()));
    }

    /** A migration that is deleted before its hand-off vanishes. */
    private boolean oneOver(List<Migrations.Seen> ours) {
        return oneFailed(ours) || shown.moves().contains(MoveState.FAILED);
    }
}

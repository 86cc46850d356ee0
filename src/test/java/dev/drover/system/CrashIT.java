package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import dev.drover.testbed.player.VmId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An operator that is killed with SIGKILL at the worst moments. The next one finishes what was begun: one migration for each move, and the
 * same end as without the crash.
 */
@OnTestbed
class CrashIT {
    private static final String PLANS = "/apis/drover.dev/v1alpha1/migrationplans(\\?|$)";
    private static final String MIGRATIONS = "/virtualmachineinstancemigrations(\\?|$)";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private ApiCutter cutter;
    private Migrations migrations;
    private OperatorProcess operator;

    CrashIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** Two VMs are on one node, and a rule that comes later wants them apart: one of them has to move. */
    @BeforeEach
    void twoOnOneNode() {
        stage = Stage.withNodes(testbed, 3);
        Vms.named("twin", 2).preferring("node-1").run(testbed);
        assertThat(Vms.running(testbed)).containsOnly(Map.entry("twin-0", "node-1"), Map.entry("twin-1", "node-1"));
        cutter = stage.keep(ApiCutter.before(testbed));
        operator = stage.keep(
                setup("operator-to-be-killed").through(cutter.kubeconfig()).start());
        testbed.apply(Yaml.policy("Automatic", "Advise"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        migrations = stage.migrations();
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void killedWhenThePlanIsWrittenTheNextOneCarriesItOut() {
        CountDownLatch dead = killAfter("POST", PLANS);
        wantThemApart();
        await(dead);
        assertThat(shown.plans()).hasSize(1);
        assertThat(migrations.all()).isEmpty();

        theNextOneFinishes();
    }

    @Test
    void killedWhenTheMigrationIsCreatedTheNextOneFollowsIt() {
        CountDownLatch dead = killAfter("POST", MIGRATIONS);
        wantThemApart();
        await(dead);
        Awaiting.until("The migration is there", migrations::ours, ours -> ours.size() == 1);
        assertThat(stateOfTheMove()).as("the plan does not know yet").isNotEqualTo(MoveState.RUNNING);

        theNextOneFinishes();
    }

    @Test
    void killedWhileTheMigrationRunsTheNextOneFollowsIt() {
        List.of("twin-0", "twin-1").forEach(vm -> testbed.player().faults().next(VmId.of(vm), new Fault.Slow(20)));
        wantThemApart();
        Awaiting.until("The migration runs", migrations::ours, ours -> ours.stream()
                .anyMatch(migration -> migration.phase().equals("Running")));
        operator.kill();

        theNextOneFinishes();
    }

    /** The lease of the dead has to run out first. */
    private OperatorProcess.Setup setup(String name) {
        return OperatorProcess.on(testbed).named(name).with("lease-duration", "20s");
    }

    private void wantThemApart() {
        testbed.apply(Yaml.rule("twins-apart", "app: twin", "type: Spread"));
    }

    private CountDownLatch killAfter(String method, String path) {
        CountDownLatch dead = new CountDownLatch(1);
        cutter.after(method, path, () -> {
            operator.kill();
            dead.countDown();
        });
        return dead;
    }

    private static void await(CountDownLatch dead) {
        Awaiting.until("The operator is killed", dead::getCount, count -> count == 0);
    }

    private void theNextOneFinishes() {
        stage.keep(setup("operator-after-it").start());
        Awaiting.until("The plan is done", this::stateOfTheMove, state -> state == MoveState.SUCCEEDED);
        shown.awaitCondition("PlacementConstraint", "twins-apart", "Satisfied", "True");
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");

        assertThat(shown.plans()).hasSize(1);
        assertThat(shown.plans().getFirst().getSpec().moves()).hasSize(1);
        assertThat(migrations.all()).singleElement().satisfies(migration -> {
            assertThat(migration.ours()).isTrue();
            assertThat(migration.phase()).isEqualTo("Succeeded");
        });
        assertThat(Vms.running(testbed).values()).doesNotHaveDuplicates().hasSize(2);
    }

    private MoveState stateOfTheMove() {
        List<MigrationPlan> plans = shown.plans();
        return plans.isEmpty()
                        || plans.getFirst().getStatus() == null
                        || plans.getFirst().getStatus().moves().isEmpty()
                ? MoveState.PENDING
                : plans.getFirst().getStatus().moves().getFirst().state();
    }
}

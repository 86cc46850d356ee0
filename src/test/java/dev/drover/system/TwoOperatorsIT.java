package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MoveState;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchConditionBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operators at work at once: both admit pods, one of them leads, and the other one takes over. */
@OnTestbed
class TwoOperatorsIT {
    private static final String OF_EVEN_NUMBERS = "object.metadata.generateName.matches('[02468]-$')";
    private static final String OF_ODD_NUMBERS = "object.metadata.generateName.matches('[13579]-$')";

    private static final int LEASE_LOST = 3;

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess leader;
    private OperatorProcess other;

    TwoOperatorsIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
        webhooks().withName("drover-too").delete();
    }

    @Test
    void fortyCreatedAtOnceObeyEveryKindThoughEachReplicaAdmitsHalfOfThem() {
        stage = Forty.stage(testbed);
        startBoth("60s");

        Forty.obeyAtTheGate(testbed, stage);

        assertThat(gatedBy(leader) + gatedBy(other))
                .as("%s and %s", decisionsOf(leader), decisionsOf(other))
                .isEqualTo(40);
        assertThat(List.of(gatedBy(leader), gatedBy(other))).doesNotContain(0L);
        assertThat(other.leads()).isFalse();
    }

    @Test
    void whenTheLeaderIsKilledInMidMigrationTheOtherOneTakesOverAndMovesNothingTwice() {
        stage = Stage.withNodes(testbed, 3);
        Vms.named("twin", 2).preferring("node-1").run(testbed);
        startBoth("30s");
        testbed.apply(Yaml.policy("Automatic", "Advise"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        Migrations migrations = stage.migrations();
        List.of("twin-0", "twin-1").forEach(vm -> testbed.player().faults().next(VmId.of(vm), new Fault.Slow(20)));

        testbed.apply(Yaml.rule("twins-apart", "app: twin", "type: Spread"));
        Awaiting.until("The migration runs", migrations::ours, ours -> ours.stream()
                .anyMatch(migration -> migration.phase().equals("Running")));
        assertThat(other.leads()).isFalse();
        leader.kill();
        other.awaitLeading();

        Awaiting.until("The move is done", shown::moves, List.of(MoveState.SUCCEEDED)::equals);
        shown.awaitCondition("PlacementConstraint", "twins-apart", "Satisfied", "True");
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");
        assertThat(shown.moves()).containsExactly(MoveState.SUCCEEDED);
        assertThat(migrations.all()).singleElement().satisfies(migration -> {
            assertThat(migration.ours()).isTrue();
            assertThat(migration.phase()).isEqualTo("Succeeded");
        });
        assertThat(Vms.running(testbed).values()).doesNotHaveDuplicates().hasSize(2);
    }

    /** What it had in mind when it was held still may be wrong by now: it must not go on with it. */
    @Test
    void aLeaderThatWakesUpAfterItsLeaseIsGoneEndsAtOnceAndTheOtherOneLeads() {
        stage = Stage.withNodes(testbed, 1);
        OperatorProcess.Setup setup = OperatorProcess.on(testbed).with("lease-duration", "15s");
        leader = stage.keep(setup.named("operator-one").start());
        other = stage.keep(setup.named("operator-two").launch().awaitReady());

        leader.freeze();
        other.awaitLeading();

        assertThat(leader.awakenToItsEnd()).isEqualTo(LEASE_LOST);
        assertThat(leader.text()).contains("lost the lease and ends");
        assertThat(other.alive()).isTrue();
    }

    /**
     * In a cluster both are behind one service. Here each has a registration of its own: one for the virtual machines with even
     * numbers, one for those with odd ones.
     */
    private void startBoth(String leaseDuration) {
        OperatorProcess.Setup setup = OperatorProcess.on(testbed).gathering().with("lease-duration", leaseDuration);
        leader = stage.keep(setup.named("operator-one").start());
        MutatingWebhookConfiguration first = webhooks().withName("drover").get();
        other = stage.keep(setup.named("operator-two").launch().awaitReady());
        webhooks()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("drover-too")
                        .endMetadata()
                        .withWebhooks(first.getWebhooks())
                        .build())
                .create();
        only("drover-too", OF_EVEN_NUMBERS);
        only("drover", OF_ODD_NUMBERS);
    }

    private void only(String webhook, String pods) {
        webhooks().withName(webhook).edit(registered -> {
            registered
                    .getWebhooks()
                    .forEach(each -> each.setMatchConditions(List.of(new MatchConditionBuilder()
                            .withName("half")
                            .withExpression(pods)
                            .build())));
            return registered;
        });
    }

    private NonNamespaceOperation<MutatingWebhookConfiguration, ?, Resource<MutatingWebhookConfiguration>> webhooks() {
        return testbed.client().admissionRegistration().v1().mutatingWebhookConfigurations();
    }

    /** How many pods got the gate from this replica. */
    private static long gatedBy(OperatorProcess operator) {
        return decisionsOf(operator).stream()
                .filter(line -> line.contains("outcome=\"gated\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<String> decisionsOf(OperatorProcess operator) {
        return operator.metrics()
                .lines()
                .filter(line -> line.startsWith("drover_admission_decisions_total"))
                .toList();
    }
}

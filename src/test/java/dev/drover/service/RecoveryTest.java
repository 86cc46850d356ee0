package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.VirtualMachineState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is started again, and when: after the death of a node only with a proof (P18). */
class RecoveryTest {
    private static final String DROVER = "recovery: {restartedBy: Drover}";
    private static final String SHOP = shop("");

    private static String shop(String members) {
        return Shop.service(
                members,
                Shop.application("db", 2, DROVER),
                Shop.application("web", 1, DROVER + "\ndependsOn: [{application: db}]"));
    }

    private static Farm onTwoNodes(String service) {
        Farm farm = new Farm(service);
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        assertThat(Shop.condition(farm.decide(), "Ready")).startsWith("True");
        assertThat(Shop.condition(farm.decide(), "Recovering")).startsWith("False NothingLost");
        farm.log.clear();
        return farm;
    }

    @Test
    void whatDroverRestartsIsStartedByItInOrder() {
        Farm farm = new Farm(SHOP);
        farm.settled();

        assertThat(farm.log)
                .containsExactly("make db-0", "make db-1", "start db-0", "start db-1", "make web-0", "start web-0");
        assertThat(farm.runStrategy("db-0")).isEqualTo("Manual");
        assertThat(Shop.condition(farm.decide(), "Ready")).startsWith("True AllReady");
    }

    @Test
    void itIsStoppedAndRestartedAsAnyOther() {
        Farm farm = onTwoNodes(SHOP);
        farm.annotate("drover.dev/restart", farm.now.toString());
        farm.settled();

        assertThat(farm.log)
                .containsExactly(
                        "halt web-0",
                        "halt db-0",
                        "halt db-1",
                        "apply db-0",
                        "apply db-1",
                        "start db-0",
                        "start db-1",
                        "apply web-0",
                        "start web-0");
    }

    @Test
    void nothingIsStartedBeforeTheProofAndThenAllInOrder() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.startOn("node-2");
        Decision lost = farm.settle();

        assertThat(Shop.machine(lost, "db-0").running()).isEqualTo(ConditionStatus.UNKNOWN);
        assertThat(Shop.machine(lost, "db-0").state()).isEqualTo(VirtualMachineState.DEGRADED);
        assertThat(Shop.condition(lost, "Recovering"))
                .startsWith("True DeathNotProven")
                .contains("(node-1)", "(db-0)", "(web)");

        farm.ends("node-1");
        for (int i = 0; i < 50; i++) {
            farm.pass(Duration.ofMinutes(1));
            farm.step();
        }
        assertThat(farm.log).as("that its pods are gone proves nothing").isEmpty();
        assertThat(Shop.machine(farm.decide(), "db-0").message()).contains("not proven", "drover.dev/node-is-down");

        farm.fence("node-1");
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
        assertThat(Shop.condition(farm.decide(), "Recovering")).startsWith("False NothingLost");
        assertThat(Shop.machine(farm.decide(), "db-0").node()).isEqualTo("node-2");
    }

    @Test
    void whatIsStillThereIsNotStartedThoughItsNodeIsProvenDown() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.isDown("node-1", farm.now.toString());
        farm.step();
        farm.step();
        assertThat(farm.log).isEmpty();
        assertThat(Shop.condition(farm.decide(), "Recovering")).startsWith("True Recovering:");

        farm.ends("node-1");
        farm.startOn("node-2");
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
    }

    @Test
    void theMemoryOfTheNodeOutlivesTheOperator() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.settle();
        farm.forget();
        farm.settled();
        assertThat(farm.log).doesNotContain("start db-0");
    }

    @Test
    void aNodeThatComesBackMayStartAgainWhatIsGone() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.settle();
        farm.comesBack("node-1");
        farm.settled();
        assertThat(farm.log).as("it may be lost again at once").isEmpty();

        farm.pass(NodeFate.SETTLES);
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
    }

    @Test
    void theProofOfADeletedNodeIsAPersonsOrder() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.settle();
        farm.nodeIsDeleted("node-1");
        farm.ends("node-1");
        farm.startOn("node-2");
        farm.settled();
        assertThat(farm.log)
                .as("anybody may delete the object of a node that runs")
                .isEmpty();

        farm.pass(Duration.ofMinutes(1));
        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
    }

    @Test
    void withTooManyNodesLostNothingIsRestarted() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.lose("node-3");
        farm.startOn("node-2");
        farm.fence("node-1");
        farm.fence("node-3");
        farm.settle();
        farm.settled();
        assertThat(farm.log).isEmpty();
        assertThat(Shop.condition(farm.decide(), "Recovering"))
                .startsWith("True RecoveryBraked")
                .contains("2 of 4 nodes", "(node-1), (node-3)", "30 %", "(db-0)");

        farm.pass(Duration.ofMinutes(1));
        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
    }

    @Test
    void anOrderDoesNotReachNodesThatAreLostAfterIt() {
        Farm farm = onTwoNodes(SHOP);
        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.pass(Duration.ofMinutes(1));
        farm.lose("node-1");
        farm.lose("node-3");
        farm.fence("node-1");
        farm.settle();
        farm.settled();
        assertThat(farm.log).isEmpty();
        assertThat(Shop.condition(farm.decide(), "Recovering")).startsWith("True RecoveryBraked");
    }

    @Test
    void nodesThatComeBackReleaseTheBrake() {
        Farm farm = onTwoNodes(SHOP);
        farm.lose("node-1");
        farm.lose("node-3");
        farm.fence("node-1");
        farm.startOn("node-2");
        farm.settle();
        farm.comesBack("node-3");
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0", "start db-1", "start web-0");
    }

    @Test
    void anOrderThatIsNoTimeIsSaid() {
        Farm farm = onTwoNodes(SHOP);
        farm.annotate("drover.dev/recover", "now");
        assertThat(Shop.condition(farm.decide(), "Ready"))
                .startsWith("False Invalid")
                .contains("(now) is no time");
    }

    @Test
    void whoIsNotToBeRestartedElsewhereWaitsForItsNode() {
        Farm farm = onTwoNodes(
                Shop.service("", Shop.application("db", 1, "recovery: {restartedBy: Drover, onNodeFailure: None}")));
        farm.lose("node-1");
        farm.fence("node-1");
        farm.settle();
        farm.settled();
        assertThat(farm.log).isEmpty();

        farm.comesBack("node-1");
        farm.settle();
        farm.pass(NodeFate.SETTLES);
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void aPausedOrStoppedServiceRestartsNothing() {
        Farm paused = onTwoNodes(SHOP);
        paused.change(shop("management: Paused"));
        paused.lose("node-1");
        paused.fence("node-1");
        paused.settle();
        paused.settled();
        assertThat(paused.log).isEmpty();

        Farm stopped = onTwoNodes(SHOP);
        stopped.lose("node-1");
        stopped.change(shop("runPolicy: Stopped"));
        stopped.fence("node-1");
        stopped.settled();
        assertThat(stopped.log).noneMatch(step -> step.startsWith("start"));
    }

    @Test
    void aServiceThatWasStoppedWhileItsNodeWasLostIsNotStartedBeforeTheProof() {
        Farm farm = onTwoNodes(Shop.SHOP);
        farm.lose("node-1");
        farm.settle();
        farm.change(Shop.service("runPolicy: Stopped", Shop.DB, Shop.API, Shop.WEB));
        farm.settled();
        farm.ends("node-1");
        farm.settled();
        farm.change(Shop.SHOP);
        farm.log.clear();
        farm.settled();
        assertThat(farm.log).as("KubeVirt would start it at once").isEmpty();
        farm.fence("node-1");
        farm.startOn("node-2");
        Shop.settledAfterDelays(farm);
        assertThat(farm.log).contains("apply db-0", "apply web-1");
    }

    @Test
    void whatSomebodyDeletedIsStartedAgain() {
        Farm farm = onTwoNodes(Shop.SHOP);
        farm.someoneDeletesTheInstanceOf("db-0");
        farm.settled();
        assertThat(farm.log).as("KubeVirt lets it lie").containsExactly("start db-0");
        assertThat(Shop.condition(farm.decide(), "Ready")).startsWith("True AllReady");
    }

    @Test
    void whatFailsAgainAndAgainIsStartedEverMoreSeldom() {
        Farm farm = onTwoNodes(Shop.service("", Shop.application("db", 1, DROVER)));
        for (int second = 0; second < 500; second++) {
            farm.crash("db-0");
            farm.step();
        }
        assertThat(farm.log)
                .as("after rests of 20, 40, 80 and 160 s; then of 300 s")
                .hasSize(5)
                .containsOnly("start db-0");
        assertThat(Shop.machine(farm.decide(), "db-0").message())
                .contains("started 6 times", "not started again before");
    }
}

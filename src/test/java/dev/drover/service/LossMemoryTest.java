package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was lost is not forgotten by what happens afterwards: no virtual machine is started while an earlier copy of it may run (P18). */
class LossMemoryTest {
    private static final String DROVER = "recovery: {restartedBy: Drover}";

    private static Farm farm() {
        return farm(db(1));
    }

    private static String db(int replicas) {
        return Shop.service("", Shop.application("db", replicas, DROVER));
    }

    private static Farm farm(String service) {
        Farm farm = new Farm(service);
        farm.nodes("node-1", "node-2", "node-3", "node-4", "node-5", "node-6", "node-7");
        Shop.settledAfterDelays(farm);
        farm.log.clear();
        return farm;
    }

    private static void lostWithItsInstance(Farm farm) {
        farm.lose("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.startOn("node-2");
        farm.settle();
    }

    private static void looks(Farm farm, int minutes) {
        for (int i = 0; i < minutes; i++) {
            farm.pass(Duration.ofMinutes(1));
            farm.step();
        }
    }

    @Test
    void aNodeThatIsReadyForAnInstantIsStillLost() {
        Farm farm = farm();
        lostWithItsInstance(farm);
        farm.comesBack("node-1");
        farm.settled();
        assertThat(Shop.condition(farm.decide(), "Recovering")).contains("ready again, but not for long");
        farm.lose("node-1");
        farm.settle();
        looks(farm, 10);
        assertThat(farm.log).isEmpty();
    }

    @Test
    void soIsItForAnInstanceThatGoesAfterThatInstant() {
        Farm farm = farm();
        farm.lose("node-1");
        farm.settle();
        farm.comesBack("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.settled();
        assertThat(farm.log).isEmpty();
        farm.pass(NodeFate.SETTLES);
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void anOrderOfBeforeTheObjectOfTheNodeWasGoneIsNoProof() {
        Farm farm = farm();
        lostWithItsInstance(farm);
        farm.pass(Duration.ofMinutes(1));
        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.settled();
        farm.pass(Duration.ofMinutes(1));
        farm.nodeIsDeleted("node-1");
        looks(farm, 10);
        assertThat(farm.log).isEmpty();

        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void aWordForTheFutureNeverCountsAndALaterOneDoes() {
        Farm farm = farm();
        lostWithItsInstance(farm);
        farm.isDown("node-1", farm.now.plusSeconds(300).toString());
        looks(farm, 10);
        assertThat(farm.log).isEmpty();
        assertThat(Shop.machine(farm.decide(), "db-0").message()).contains("was for the future");

        farm.isDown("node-1", farm.now.toString());
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void theNodeThatItWasOnLastCountsNotTheFirstThatDied() {
        Farm farm = farm();
        lostWithItsInstance(farm);
        farm.silent.add("db-0");
        farm.fence("node-1");
        farm.settled();
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-2");
        farm.log.clear();
        farm.lose("node-2");
        farm.ends("node-2");
        looks(farm, 20);
        assertThat(farm.log)
                .as("that node-1 is proven down says nothing of node-2")
                .isEmpty();
    }

    @Test
    void aNodeThatIsLostOnlyWhileAStartWaitsIsRememberedToo() {
        Farm farm = farm();
        farm.crash("db-0");
        farm.settle();
        assertThat(Shop.machine(farm.decide(), "db-0").loss()).isNull();
        farm.settle();
        farm.lose("node-1");
        farm.startOn("node-2");
        looks(farm, 10);
        assertThat(farm.log).as("it may have died before its instance was gone").isEmpty();
        farm.fence("node-1");
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void whoWasStoppedByItsServiceIsNotHeldByANodeThatIsLostLater() {
        Farm farm = farm();
        farm.change(Shop.service("runPolicy: Stopped", Shop.application("db", 1, DROVER)));
        farm.settled();
        farm.lose("node-1");
        farm.startOn("node-2");
        farm.change(db(1));
        farm.log.clear();
        Shop.settledAfterDelays(farm);
        assertThat(farm.log).contains("start db-0");
    }

    @Test
    void anInstanceWithoutANodeForgetsNothing() {
        Farm farm = farm();
        farm.lose("node-1");
        farm.settle();
        farm.homeless.add("db-0");
        farm.settle();
        farm.crash("db-0");
        farm.homeless.clear();
        looks(farm, 10);
        assertThat(farm.log).isEmpty();
        assertThat(Shop.machine(farm.decide(), "db-0").loss().node()).isEqualTo("node-1");
    }

    @Test
    void ofAMigrationBothEndsAreToBeProven() {
        Farm farm = farm();
        farm.targets.put("db-0", "node-3");
        farm.settle();
        farm.lose("node-1");
        farm.lose("node-3");
        farm.settle();
        farm.annotate("drover.dev/recover", farm.now.toString());
        farm.crash("db-0");
        farm.startOn("node-2");
        farm.fence("node-3");
        looks(farm, 10);
        assertThat(farm.log).isEmpty();
        farm.fence("node-1");
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void neitherIsItStartedWhileOnlyTheTargetOfItsMigrationIsLost() {
        Farm farm = farm();
        farm.targets.put("db-0", "node-3");
        farm.lose("node-3");
        farm.settle();
        assertThat(farm.runs("db-0")).isTrue();
        farm.crash("db-0");
        looks(farm, 10);
        assertThat(farm.log).isEmpty();
    }

    @Test
    void whatMayStillRunIsNotRemovedSoThatItsDisksAreNotUsedByAnother() {
        Farm farm = farm(db(2));
        lostWithItsInstance(farm);
        farm.change(db(1));
        looks(farm, 5);
        assertThat(farm.log).noneMatch(step -> step.startsWith("delete"));
        assertThat(Shop.machine(farm.decide(), "db-1").message()).contains("removed when it is proven", "(node-1)");

        farm.delete();
        looks(farm, 5);
        assertThat(farm.log).noneMatch(step -> step.startsWith("delete"));
        farm.fence("node-1");
        looks(farm, 5);
        assertThat(farm.machines()).isEmpty();
    }

    @Test
    void rightBeforeAStartTheNodeAndTheInstanceAreReadOnceMore() {
        Farm farm = farm();
        farm.crash("db-0");
        VirtualMachineInstance running = new VirtualMachineInstance();
        assertThat(look(farm, "True", null, null)).isEmpty();
        assertThat(look(farm, "True", null, running)).contains("has an instance");
        // The status tells where it was once its node was lost.
        lostWithItsInstance(farm);
        assertThat(look(farm, "Unknown", null, null)).contains("(node-1)", "not proven");
        assertThat(look(farm, "True", null, null)).as("not for long").contains("(node-1)");
        assertThat(look(farm, "Unknown", "node.kubernetes.io/out-of-service", null))
                .isEmpty();
        assertThat(new LastLook(_ -> Optional.empty(), List::of, (_, _) -> Optional.empty(), () -> farm.now)
                        .against(farm.service, "db-0"))
                .as("its object is gone, and nobody says that it is down")
                .contains("(node-1)");
        assertThat(LastLook.concerns(farm.service, "db-0")).isTrue();
    }

    private static String look(Farm farm, String ready, String taint, VirtualMachineInstance instance) {
        SlimNode node = NodeFateTest.node(ready, taint, null);
        node.setStatus(new SlimNode.Status(
                null,
                null,
                node.getStatus().conditions().stream()
                        .map(condition -> new Condition("Ready", condition.status(), null, null, farm.now.toString()))
                        .toList()));
        return new LastLook(_ -> Optional.of(node), List::of, (_, _) -> Optional.ofNullable(instance), () -> farm.now)
                .against(farm.service, "db-0");
    }
}

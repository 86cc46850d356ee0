package dev.drover.service;

import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided for a virtual machine that a person orders to another node. */
class RelocationTest {
    private static final String DB = application("db", 2, "relocation: LiveOrCold");
    private static final String PAIR = service("", DB);
    private static final String STOPPED = service("runPolicy: Stopped", DB);
    private static final String PAUSED = service("management: Paused", DB);

    @Test
    void itIsStoppedStartedOnTheOtherNodeAndSetFree() {
        Farm farm = ordered(PAIR);

        ServiceRelocation done = relocated(farm);

        assertThat(farm.log)
                .containsExactly("inspect db-0", "inspect db-0", "halt db-0", "on node-2", "apply db-0", "apply db-0");
        assertThat(states(done))
                .containsExactly(
                        RelocationState.STOPPING,
                        RelocationState.STARTING,
                        RelocationState.RELEASING,
                        RelocationState.SUCCEEDED);
        assertThat(done.fault()).isNull();
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-2");
        assertThat(farm.nodeSelector("db-0")).as("nothing binds it any more").isEmpty();
        assertThat(farm.nodeOf("db-1")).isEqualTo("node-1");
    }

    @Test
    void anOrderIsCarriedOutOnceAlsoByAnOperatorThatKnowsNothingAnyMore() {
        Farm farm = ordered(PAIR);
        relocated(farm);
        farm.log.clear();
        farm.forget();

        farm.settled();

        assertThat(farm.log).doesNotContain("inspect db-0", "halt db-0");
        assertThat(relocation(farm).state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    /** A copied manifest brings the order along. */
    @Test
    void anOrderDoesNotCountForWhatWasStartedAfterIt() {
        Farm farm = onTwoNodes(PAIR);
        farm.order("db-0", "2020-01-01T00:00:00Z");

        farm.settled();

        assertThat(farm.log).isEmpty();
        assertThat(farm.decide().status().relocations()).isEmpty();
    }

    @Test
    void whatDoesNotBecomeReadyThereGoesBackAndSaysSo() {
        Farm farm = ordered(PAIR);
        farm.broken.add("node-2");
        until(farm, RelocationState.STARTING);
        farm.step();
        farm.step();
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-2");
        farm.pass(Farm.DEADLINE);

        ServiceRelocation done = relocated(farm);

        assertThat(done.state()).isEqualTo(RelocationState.FAILED);
        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(done.message()).contains("(node-2)").contains("600 s").contains("no answer");
        assertThat(states(done))
                .containsExactly(
                        RelocationState.STOPPING,
                        RelocationState.STARTING,
                        RelocationState.WITHDRAWING,
                        RelocationState.RETURNING,
                        RelocationState.RELEASING,
                        RelocationState.FAILED);
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-1");
        assertThat(farm.nodeSelector("db-0")).isEmpty();
    }

    @Test
    void whatCannotBeRelocatedIsNotStopped() {
        Farm farm = ordered(PAIR);
        farm.finding = new Survey.Finding.Impossible(RelocationFault.DATA_NOT_MOVABLE, "Its data is there.");

        ServiceRelocation done = relocated(farm);

        assertThat(done.state()).isEqualTo(RelocationState.REFUSED);
        assertThat(done.fault()).isEqualTo(RelocationFault.DATA_NOT_MOVABLE);
        assertThat(done.message()).isEqualTo("Its data is there.");
        assertThat(farm.log).containsExactly("inspect db-0");
    }

    @Test
    void anOrderThatCannotBeReadIsNamedAndKeepsNobodyElse() {
        Farm farm = onTwoNodes(PAIR);
        farm.order("db-0", "now please at once");
        farm.order("db-1", farm.now.toString());

        until(farm, RelocationState.SUCCEEDED);

        assertThat(relocation(farm).virtualMachine()).isEqualTo("db-1");
        assertThat(machine(farm.decide(), "db-0").message())
                .contains("(now please at once)")
                .contains("2026-01-31T12:00:00Z node-2");
    }

    @Test
    void onlyOneOfAServiceIsDownForItAtATime() {
        Farm farm = onTwoNodes(PAIR);
        farm.order("db-0", farm.now.toString());
        farm.order("db-1", farm.now.toString());

        for (int i = 0; i < 40; i++) {
            farm.step();
            assertThat(farm.running()).isNotEmpty();
        }

        assertThat(farm.nodeOf("db-0")).isEqualTo("node-2");
        assertThat(farm.nodeOf("db-1")).isEqualTo("node-2");
    }

    @Test
    void itWaitsForALiveMoveThatIsUnderWay() {
        Farm farm = ordered(PAIR);
        farm.moving.add("db-0");

        for (int i = 0; i < 10; i++) {
            farm.step();
        }
        assertThat(farm.log).isEmpty();

        farm.moving.clear();
        assertThat(relocated(farm).state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    @Test
    void anOrderThatIsTakenBackInTimeStopsNothing() {
        Farm farm = ordered(PAIR);
        until(farm, RelocationState.STOPPING);
        farm.withdraw("db-0");

        ServiceRelocation done = relocated(farm);

        assertThat(done.state()).isEqualTo(RelocationState.REFUSED);
        assertThat(done.fault()).isEqualTo(RelocationFault.TAKEN_BACK);
        assertThat(farm.log).doesNotContain("halt db-0");
        assertThat(farm.running()).contains("db-0");
        assertThat(farm.nodeSelector("db-0")).isEmpty();
    }

    @Test
    void aServiceThatIsStoppedMeanwhileEndsIt() {
        Farm farm = ordered(PAIR);
        until(farm, RelocationState.STARTING);
        farm.change(STOPPED);
        farm.settled();
        assertThat(farm.running()).isEmpty();

        farm.change(PAIR);

        ServiceRelocation done = relocated(farm);
        assertThat(done.state()).isEqualTo(RelocationState.FAILED);
        assertThat(done.fault()).isEqualTo(RelocationFault.TAKEN_BACK);
        assertThat(farm.running()).containsExactly("db-0", "db-1");
        assertThat(farm.nodeSelector("db-0")).isEmpty();
    }

    @Test
    void aPausedServiceRelocatesNothing() {
        Farm farm = ordered(PAIR);
        farm.change(PAUSED);

        for (int i = 0; i < 5; i++) {
            farm.step();
        }

        assertThat(farm.log).isEmpty();
    }

    /**
     * P14: whatever is written last before the operator is stopped, the one that follows reaches the same end. The status may be older
     * than the writes, since it is written after them; the writes are never older than the status that allows them.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stoppedAfterAnyWriteItReachesTheSameEnd(boolean fails) {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Farm farm = ordered(PAIR);
            if (fails) {
                farm.broken.add("node-2");
            }
            for (int look = 0; look < 800; look++) {
                crashing(farm, random);
                if (look % 60 == 59) {
                    farm.pass(Farm.DEADLINE);
                }
            }

            ServiceRelocation done = relocation(farm);
            assertThat(done.state())
                    .as("seed %d", seed)
                    .isEqualTo(fails ? RelocationState.FAILED : RelocationState.SUCCEEDED);
            assertThat(farm.nodeOf("db-0")).as("seed %d", seed).isEqualTo(fails ? "node-1" : "node-2");
            assertThat(farm.nodeSelector("db-0")).as("seed %d", seed).isEmpty();
            assertThat(farm.log.stream().filter("halt db-0"::equals).count())
                    .as("seed %d: it is stopped once for each way", seed)
                    .isLessThanOrEqualTo(fails ? 4 : 2);
        }
    }

    /** One look, of which only the first writes are made, or all, or the status as well. */
    private static void crashing(Farm farm, Random random) {
        List<Step> steps = farm.decide().steps();
        int made = random.nextInt(steps.size() + 1);
        steps.subList(0, made).forEach(farm::take);
        if (made < steps.size() || random.nextInt(3) == 0) {
            farm.forget();
            farm.passUnseen();
        } else {
            farm.settle();
        }
    }

    private static Farm onTwoNodes(String service) {
        Farm farm = started(service);
        farm.nodes("node-1", "node-2");
        return farm;
    }

    private static Farm ordered(String service) {
        Farm farm = onTwoNodes(service);
        farm.order("db-0", farm.now.toString());
        return farm;
    }

    private static ServiceRelocation relocated(Farm farm) {
        for (int i = 0; i < 50; i++) {
            farm.step();
            if (!farm.decide().status().relocations().isEmpty()
                    && relocation(farm).state().isEnd()) {
                return relocation(farm);
            }
        }
        throw new AssertionError(
                "It never ends: " + farm.log + farm.decide().status().relocations());
    }

    private static void until(Farm farm, RelocationState state) {
        for (int i = 0; i < 50; i++) {
            farm.step();
            List<ServiceRelocation> all = farm.service.getStatus().relocations();
            if (!all.isEmpty() && all.getLast().state() == state) {
                return;
            }
        }
        throw new AssertionError("It never is " + state + ": " + farm.log);
    }

    private static ServiceRelocation relocation(Farm farm) {
        return farm.service.getStatus().relocations().getLast();
    }

    private static List<RelocationState> states(ServiceRelocation relocation) {
        return relocation.steps().stream().map(RelocationStep::state).toList();
    }
}

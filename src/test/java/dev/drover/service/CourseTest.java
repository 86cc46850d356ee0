package dev.drover.service;

import static dev.drover.service.Shop.API;
import static dev.drover.service.Shop.DB;
import static dev.drover.service.Shop.SHOP;
import static dev.drover.service.Shop.WEB;
import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.condition;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.message;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.settledAfterDelays;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.VirtualMachineState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is decided for a service, from its first virtual machine to its last. */
class CourseTest {
    @Test
    void applicationsStartInTheOrderOfTheirDependencies() {
        Farm farm = new Farm(SHOP);
        farm.silent.add("db-1");

        Decision decision = farm.settled();

        assertThat(farm.log).containsExactly("make db-0", "make db-1");
        assertThat(condition(decision, "Progressing"))
                .startsWith("True ApplicationsStart")
                .contains("(db-1)");
        assertThat(condition(decision, "Available"))
                .startsWith("False NotAllReady")
                .contains("(db) has 1 of 2 ready");
        assertThat(message(decision, "api"))
                .isEqualTo("It waits until the application (db) is ready: 1 of 2 virtual machines are.");

        farm.silent.clear();
        farm.settled();
        assertThat(farm.log).containsExactly("make db-0", "make db-1", "make api-0");
        assertThat(message(farm.decide(), "web")).isEqualTo("It waits 30 s after the application (api).");
        assertThat(farm.decide().again()).isLessThan(Duration.ofSeconds(30));

        farm.pass(Duration.ofSeconds(30));
        Decision done = farm.settled();
        assertThat(farm.log).containsExactly("make db-0", "make db-1", "make api-0", "make web-0", "make web-1");
        assertThat(condition(done, "Ready")).startsWith("True AllReady");
        assertThat(condition(done, "Progressing")).startsWith("False NothingToDo");
        assertThat(done.status().readyVirtualMachines()).isEqualTo(5);
    }

    @Test
    void whatIsReadyStaysSoWithoutAnythingBeingWritten() {
        Farm farm = started(SHOP);
        ApplicationServiceStatus before = farm.decide().status();

        farm.pass(Duration.ofMinutes(5));

        assertThat(farm.decide().steps()).isEmpty();
        assertThat(farm.decide().status()).isEqualTo(before);
    }

    @Test
    void anOperatorThatKnowsNothingAnyMoreAsksAgainAndChangesNothing() {
        Farm farm = started(SHOP);
        farm.forget();

        Decision decision = farm.settled();

        assertThat(farm.log).noneMatch(line -> line.startsWith("make") || line.startsWith("halt"));
        assertThat(farm.runStrategy("db-0")).isEqualTo("RerunOnFailure");
        assertThat(condition(decision, "Ready")).startsWith("True");
    }

    @Test
    void anApplicationThatDiesInALivingMachineIsNamed() {
        Farm farm = started(SHOP);
        farm.silent.add("api-0");

        Decision decision = farm.settle();

        assertThat(condition(decision, "Degraded"))
                .startsWith("True ApplicationNotReady")
                .contains("(api-0)")
                .contains("(api)")
                .contains("(node-1)");
        assertThat(condition(decision, "Available")).startsWith("False");
        assertThat(condition(decision, "Progressing")).startsWith("False");
        assertThat(machine(decision, "api-0")).satisfies(machine -> {
            assertThat(machine.state()).isEqualTo(VirtualMachineState.DEGRADED);
            assertThat(machine.running()).isEqualTo(ConditionStatus.TRUE);
            assertThat(machine.applicationReady()).isEqualTo(ConditionStatus.FALSE);
            assertThat(machine.message()).contains("no answer");
        });
        assertThat(farm.decide().steps())
                .as("nobody who depends on it is stopped")
                .isEmpty();

        farm.silent.clear();
        assertThat(condition(farm.settle(), "Ready")).startsWith("True");
    }

    @Test
    void whereVirtualMachinesAreSupervisedADeadApplicationIsReportedAndCountsForNothing() {
        Farm farm = started(service("supervision: VirtualMachine", DB));
        farm.silent.add("db-0");

        Decision decision = farm.settle();

        assertThat(condition(decision, "Available")).startsWith("True");
        assertThat(condition(decision, "Degraded")).startsWith("False");
        assertThat(machine(decision, "db-0").applicationReady()).isEqualTo(ConditionStatus.FALSE);
        farm.crash("db-1");
        assertThat(condition(farm.decide(), "Degraded"))
                .startsWith("True")
                .contains("(db-1)")
                .contains("It does not run.");
    }

    @Test
    void aStoppedServiceStopsInTheReverseOrderAndKeepsItsMachines() {
        Farm farm = started(SHOP);
        farm.change(service("runPolicy: Stopped", DB, API, WEB));

        Decision decision = farm.settled();

        assertThat(farm.log).containsExactly("halt web-0", "halt web-1", "halt api-0", "halt db-0", "halt db-1");
        assertThat(farm.machines()).containsExactly("api-0", "db-0", "db-1", "web-0", "web-1");
        assertThat(farm.running()).isEmpty();
        assertThat(condition(decision, "Ready")).startsWith("True ServiceStopped");
        assertThat(condition(decision, "Available")).startsWith("False ServiceStopped");

        farm.log.clear();
        farm.change(SHOP);
        farm.settled();
        farm.pass(Duration.ofSeconds(30));
        farm.settled();
        assertThat(farm.log).containsExactly("apply db-0", "apply db-1", "apply api-0", "apply web-0", "apply web-1");
    }

    @Test
    void anOrderCountsAsCarriedOutWhenItIs() {
        Farm farm = started(SHOP);

        farm.change(service("runPolicy: Stopped", DB, API, WEB));
        assertThat(condition(farm.decide(), "Ready"))
                .startsWith("False ApplicationsStop")
                .contains("(db-0)");
        farm.change(service("runPolicy: Stopped\nmanagement: Paused", DB, API, WEB));
        assertThat(condition(farm.decide(), "Ready")).startsWith("False ServicePaused");
        farm.change(SHOP.replace("devices: {}", "devices: {rng: {}}"));
        assertThat(condition(farm.decide(), "Ready"))
                .startsWith("False TemplatesChange")
                .contains("(db-0)");
        farm.change(service("", DB, API));
        assertThat(condition(farm.decide(), "Ready"))
                .startsWith("False ApplicationsStop")
                .contains("(web-1)");
        farm.delete();
        assertThat(condition(farm.decide(), "Ready")).startsWith("False Removing");
    }

    @Test
    void aServiceThatWasNeverToRunIsNotMade() {
        Farm farm = new Farm(service("runPolicy: Stopped", DB));

        assertThat(condition(farm.settled(), "Ready")).startsWith("True ServiceStopped");
        assertThat(farm.machines()).isEmpty();
    }

    @Test
    void aRestartStopsAllInTheReverseOrderAndStartsAllAnew() {
        Farm farm = started(service("", DB, API));
        farm.annotate(ServiceLabels.RESTART, farm.now.plusSeconds(60).toString());
        assertThat(farm.decide().steps())
                .as("a time to come restarts nothing yet")
                .isEmpty();
        assertThat(farm.decide().again()).isLessThanOrEqualTo(Duration.ofSeconds(60));

        farm.pass(Duration.ofSeconds(61));
        Decision decision = farm.settled();

        assertThat(farm.log)
                .containsExactly("halt api-0", "halt db-0", "halt db-1", "apply db-0", "apply db-1", "apply api-0");
        assertThat(condition(decision, "Ready")).startsWith("True");
    }

    @Test
    void aRestartAtNoTimeIsNamed() {
        Farm farm = started(service("", DB));
        farm.annotate(ServiceLabels.RESTART, "tomorrow");

        assertThat(condition(farm.settled(), "Ready"))
                .startsWith("False Invalid")
                .contains("(tomorrow)");
        assertThat(farm.log).isEmpty();
    }

    @Test
    void aFourthApplicationAddsItsMachinesAndNoOthers() {
        Farm farm = started(SHOP);
        farm.change(service("", DB, API, WEB, application("cache", 2, "dependsOn: [{application: web}]")));

        farm.settled();

        assertThat(farm.log).containsExactly("make cache-0", "make cache-1");
    }

    @Test
    void ofFewerReplicasTheHighestNumberGoesFirstAndTheDisksStay() {
        Farm farm = started(service("", application("db", 12, "")));
        farm.change(service("", application("db", 9, "")));

        farm.settled();

        assertThat(farm.log.stream().filter(line -> !line.startsWith("apply")))
                .containsExactly(
                        "halt db-11",
                        "delete db-11 and keep its disks",
                        "halt db-10",
                        "delete db-10 and keep its disks",
                        "halt db-9",
                        "delete db-9 and keep its disks");
    }

    @Test
    void aMachineThatIsToGoWhileItIsMovedGoesAfterThat() {
        Farm farm = started(service("", DB));
        farm.change(service("", application("db", 1, "")));
        farm.moving.add("db-1");

        Decision waiting = farm.step();
        assertThat(farm.machines()).contains("db-1");
        assertThat(machine(waiting, "db-1").message()).isEqualTo("It is being moved, and is removed after that.");

        farm.moving.clear();
        farm.settled();
        assertThat(farm.machines()).containsExactly("db-0");
    }

    @Test
    void anApplicationThatIsTakenOutOfTheServiceGoes() {
        Farm farm = started(service("", DB, API));
        farm.change(service("", DB));

        farm.settled();

        assertThat(farm.log).containsExactly("halt api-0", "delete api-0 and keep its disks");
    }

    @Test
    void aPausedServiceIsReportedOnAndLeftAlone() {
        Farm farm = started(service("", DB));
        farm.change(service("management: Paused", application("db", 3, "")));
        farm.silent.add("db-0");

        Decision decision = farm.settled();

        assertThat(farm.log).isEmpty();
        assertThat(condition(decision, "Progressing")).startsWith("False ServicePaused");
        assertThat(condition(decision, "Degraded")).startsWith("True");
        assertThat(decision.status().desiredVirtualMachines()).isEqualTo(3);
    }

    @Test
    void noReplicasAreReady() {
        Farm farm = new Farm(service("", application("db", 0, ""), API));

        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
        assertThat(farm.machines()).containsExactly("api-0");
    }

    /** P14: whatever the operator had done when it died, the next one comes to the same end. */
    @Test
    void aCrashAfterAnySingleStepLeadsToTheSameEnd() {
        List<String> orders = List.of(SHOP, service("runPolicy: Stopped", DB, API, WEB), service("", DB));
        for (String order : orders) {
            Farm whole = started(SHOP);
            whole.change(order);
            settledAfterDelays(whole);
            for (int survived = 0; survived < 12; survived++) {
                Farm farm = started(SHOP);
                farm.change(order);
                takeOnly(farm, survived);
                farm.forget();
                settledAfterDelays(farm);
                assertThat(farm.machines()).as("after %d steps", survived).isEqualTo(whole.machines());
                assertThat(farm.running()).as("after %d steps", survived).isEqualTo(whole.running());
            }
        }
    }

    private static void takeOnly(Farm farm, int steps) {
        int left = steps;
        while (left > 0) {
            List<Step> due = farm.decide().steps();
            if (due.isEmpty()) {
                return;
            }
            farm.take(due.getFirst());
            farm.settle();
            left--;
        }
    }
}

package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.VirtualMachineState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is decided for a service, from its first virtual machine to its last. */
class CourseTest {
    private static final String DB = application("db", 2, "");
    private static final String API = application("api", 1, "dependsOn: [{application: db}]");
    private static final String WEB =
            application("web", 2, "dependsOn: [{application: api, until: Running, delaySeconds: 30}]");

    private static String application(String name, int replicas, String members) {
        return """
                - name: %s
                  replicas: %d
                %s  virtualMachines: {template: {spec: {template: {spec: {domain: {devices: {}}}}}}}
                """
                .formatted(name, replicas, members.indent(2));
    }

    private static String service(String members, String... applications) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: ApplicationService
                metadata: {name: shop}
                spec:
                %s  applications:
                %s
                """
                .formatted(members.indent(2), String.join("", applications).indent(2));
    }

    private static final String SHOP = service("", DB, API, WEB);

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
    void aDeletedServiceGoesInTheReverseOrderAndLeavesWhatItAdopted() {
        Farm farm = new Farm(
                service(
                        "",
                        DB,
                        application("api", 1, "dependsOn: [{application: db}]\ndeletionPolicy: Delete"),
                        """
                - name: legacy
                  virtualMachines: {selector: {matchLabels: {app: legacy}}}
                """));
        farm.someoneMakes("old", Map.of("app", "legacy"));
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
        farm.log.clear();

        farm.delete();
        Decision last = farm.settled();

        assertThat(farm.log)
                .containsExactly(
                        "delete api-0",
                        "halt db-1",
                        "halt db-0",
                        "delete db-1 and keep its disks",
                        "delete db-0 and keep its disks");
        assertThat(farm.machines()).containsExactly("old");
        assertThat(last.gone()).isTrue();
    }

    @Test
    void anApplicationThatIsTakenOutOfTheServiceGoes() {
        Farm farm = started(service("", DB, API));
        farm.change(service("", DB));

        farm.settled();

        assertThat(farm.log).containsExactly("halt api-0", "delete api-0 and keep its disks");
    }

    @Test
    void aMachineOfTheSameNameIsNeverTakenOver() {
        Farm farm = new Farm(service("", DB));
        farm.someoneMakes("db-1", Map.of());

        Decision decision = farm.settled();

        assertThat(farm.log).containsExactly("make db-0");
        assertThat(farm.runStrategy("db-1")).isEqualTo("Always");
        assertThat(condition(decision, "Ready")).startsWith("False NameTaken").contains("(db-1)");
        assertThat(machine(decision, "db-1").message()).contains("did not make");
        farm.delete();
        farm.settled();
        assertThat(farm.machines()).containsExactly("db-1");
    }

    /** Whoever clones a virtual machine, or writes a copy of its manifest under another name, copies its labels and annotations. */
    @Test
    void aCopyOfAMachineThatTheServiceMadeIsSomebodyElses() {
        Farm farm = started(service("", DB));
        farm.someoneCopies("db-0", "db-7");
        farm.someoneCopies("db-0", "db-0-restored");

        assertThat(farm.settled().status().desiredVirtualMachines()).isEqualTo(2);
        farm.delete();
        farm.settled();

        assertThat(farm.machines()).containsExactly("db-0-restored", "db-7");
        assertThat(farm.runStrategy("db-7")).isEqualTo("RerunOnFailure");
    }

    @Test
    void aLabelThatSomebodyTakesAwayChangesNothing() {
        Farm farm = started(service("", DB, API));
        farm.someoneTakesTheLabelsOf("db-0");

        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
        assertThat(farm.log).isEmpty();
    }

    @Test
    void whatWasRefusedOfAnEarlierTemplateIsForgottenWithIt() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", DB).replace("devices: {}", "memory: {guest: 2Gi}"));
        for (int i = 0; i < 5; i++) {
            farm.step();
        }
        assertThat(condition(farm.decide(), "TemplateDrift")).startsWith("True");

        farm.conflicts.clear();
        farm.change(service("", DB));

        Decision decision = farm.settled();
        assertThat(condition(decision, "TemplateDrift")).startsWith("False");
        assertThat(condition(decision, "Ready")).startsWith("True");
    }

    @Test
    void oneThatCannotBeChangedKeepsNobodyElseFromIt() {
        Farm farm = started(service("", application("db", 3, "")));
        farm.conflicts.put("db-0", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", application("db", 3, "")).replace("devices: {}", "memory: {guest: 2Gi}"));

        for (int i = 0; i < 8; i++) {
            farm.step();
        }

        assertThat(farm.log).containsExactly("apply db-1", "apply db-2");
    }

    @Test
    void aServiceWhoseTemplateCannotBeAppliedCanStillBeStopped() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("runPolicy: Stopped", DB).replace("devices: {}", "memory: {guest: 2Gi}"));

        for (int i = 0; i < 5; i++) {
            farm.step();
        }

        assertThat(farm.running()).isEmpty();
        assertThat(farm.runStrategy("db-1")).isEqualTo("Halted");
    }

    @Test
    void aTemplateThatKubeVirtRefusesMakesNothingAndSaysWhy() {
        Farm farm = new Farm(service("", DB, API));
        farm.refused.put("db", "spec.template.spec.domain is required");

        farm.step();
        Decision decision = farm.step();

        assertThat(farm.machines()).isEmpty();
        assertThat(condition(decision, "TemplateAccepted"))
                .startsWith("False TemplateRefused")
                .contains("(db)")
                .contains("domain is required");
        assertThat(condition(decision, "Ready")).startsWith("False TemplateRefused");
        assertThat(condition(decision, "Progressing")).startsWith("False");

        farm.refused.clear();
        farm.pass(Duration.ofMinutes(1));
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
    }

    @Test
    void aTemplateThatSaysWhetherItRunsIsRefusedWithoutAskingKubeVirt() {
        Farm farm = new Farm(SHOP.replaceFirst("spec: \\{template", "spec: {runStrategy: Always, template"));

        Decision decision = farm.settled();

        assertThat(condition(decision, "TemplateAccepted")).startsWith("False").contains("spec.runPolicy");
        assertThat(farm.machines()).isEmpty();
    }

    @Test
    void anotherTemplateIsGivenToOneMachineAfterTheOther() {
        Farm farm = started(service("", application("db", 3, "")));
        farm.change(service("", application("db", 3, "")).replace("devices: {}", "devices: {rng: {}}"));
        farm.step();

        farm.step();
        assertThat(farm.log).containsExactly("apply db-0");
        farm.silent.add("db-0");
        farm.settle();
        farm.step();
        assertThat(farm.log).as("the first one is not well").containsExactly("apply db-0");

        farm.silent.clear();
        farm.settled();
        assertThat(farm.log).containsExactly("apply db-0", "apply db-1", "apply db-2");
    }

    @Test
    void whatSomebodyElseHasSetIsLeftAndReported() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", DB).replace("devices: {}", "memory: {guest: 2Gi}"));
        farm.settle();
        for (int i = 0; i < 4; i++) {
            farm.step();
        }

        Decision decision = farm.decide();
        assertThat(condition(decision, "TemplateDrift"))
                .startsWith("True TemplateDrift")
                .contains("kubectl-edit");
        assertThat(condition(decision, "Ready")).startsWith("False TemplateDrift");
        assertThat(decision.steps()).as("it is not tried in each cycle").isEmpty();

        farm.delete();
        farm.settled();
        assertThat(farm.machines()).isEmpty();
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
    void aSelectorThatMatchesNothingHoldsUpThoseThatDependOnIt() {
        String adopts =
                """
                - name: legacy
                  virtualMachines: {selector: {matchLabels: {app: legacy}}}
                """;
        Farm farm = new Farm(service("", adopts, application("web", 1, "dependsOn: [{application: legacy}]")));

        Decision decision = farm.settled();
        assertThat(farm.log).isEmpty();
        assertThat(condition(decision, "Available")).contains("(legacy) has found no virtual machine");
        assertThat(message(decision, "legacy")).contains("matches no virtual machine");

        farm.someoneMakes("old", Map.of("app", "legacy"));
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
        assertThat(farm.log).containsExactly("make web-0");
    }

    @Test
    void aMachineInTwoServicesBelongsToTheOlderOneAndTheNewerSaysSo() {
        String adopts = service(
                "",
                """
                - name: legacy
                  virtualMachines: {selector: {matchLabels: {app: legacy}}}
                """);
        Farm farm = new Farm(adopts);
        farm.older(adopts.replace("name: shop", "name: archive"));
        farm.someoneMakes("old", Map.of("app", "legacy"));

        Decision decision = farm.settled();

        assertThat(condition(decision, "Ready"))
                .startsWith("False InAnotherService")
                .contains("(old)")
                .contains("(archive)");
        assertThat(decision.status().desiredVirtualMachines()).isZero();
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

    private static void settledAfterDelays(Farm farm) {
        farm.settled();
        farm.pass(Duration.ofSeconds(30));
        farm.settled();
    }

    private static Farm started(String service) {
        Farm farm = new Farm(service);
        settledAfterDelays(farm);
        assertThat(condition(farm.decide(), "Ready")).startsWith("True");
        farm.log.clear();
        return farm;
    }

    private static String condition(Decision decision, String type) {
        return decision.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> "%s %s: %s"
                        .formatted(
                                condition.status() == ConditionStatus.TRUE ? "True" : "False",
                                condition.reason(),
                                condition.message()))
                .findFirst()
                .orElse("");
    }

    private static String message(Decision decision, String application) {
        return decision.status().applications().stream()
                .filter(each -> each.name().equals(application))
                .map(each -> String.valueOf(each.message()))
                .findFirst()
                .orElse("");
    }

    private static ServiceVirtualMachine machine(Decision decision, String name) {
        return decision.status().applications().stream()
                .flatMap(application -> application.virtualMachines().stream())
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

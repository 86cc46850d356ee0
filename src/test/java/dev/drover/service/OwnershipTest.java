package dev.drover.service;

import static dev.drover.service.Shop.API;
import static dev.drover.service.Shop.DB;
import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.condition;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.message;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which virtual machines are those of a service, and which are left alone. */
class OwnershipTest {
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
}

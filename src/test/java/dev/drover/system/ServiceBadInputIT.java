package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import dev.drover.testbed.player.VmId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Services that ask for what cannot be, or at a bad time: refused or told in words, and nothing breaks. The rest is in
 * {@link ServiceSupervisionIT}.
 */
@OnTestbed
class ServiceBadInputIT {
    private static final String KIND = "ApplicationService";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;

    ServiceBadInputIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void twoNodes() {
        stage = Stage.withNodes(testbed, 2);
        stage.operator();
    }

    @AfterEach
    void end() throws Exception {
        testbed.player().faults().clear();
        stage.close();
    }

    @Test
    void applicationsThatWaitForEachOtherAreRefused() {
        assertThatThrownBy(() -> testbed.apply(Services.service(
                        "circle",
                        "",
                        Services.application("hen", 1, "dependsOn: [{application: egg}]")
                                + Services.application("egg", 1, "dependsOn: [{application: hen}]"))))
                .hasMessageContaining("dependsOn may name applications only that stand earlier in the list");
    }

    @Test
    void whatIsToGoWhileItIsBeingMovedGoesAfterThat() {
        testbed.apply(Services.service("shrinking", "", Services.application("unit", 2, "")));
        shown.awaitCondition(KIND, "shrinking", "Ready", "True AllReady");
        testbed.player().faults().next(VmId.of("unit-1"), new Fault.Hang(Fault.Phase.RUNNING));
        testbed.apply(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceMigration
                metadata: {name: a-persons, namespace: default}
                spec: {vmiName: unit-1}
                """);
        Awaiting.until("It moves", this::phase, "Running"::equals);

        testbed.apply(Services.service("shrinking", "", Services.application("unit", 1, "")));

        Awaiting.until(
                "The service says what it waits for",
                () -> shown.status(KIND, "shrinking", "applications"),
                applications -> applications.contains("It is being moved, and is removed after that."));
        Awaiting.always(
                "It is there, and runs, as long as it moves",
                Duration.ofSeconds(5),
                () -> testbed.client()
                        .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace("default")
                        .withName("unit-1")
                        .get()
                        .<String>get("spec", "runStrategy"),
                "RerunOnFailure"::equals);

        testbed.player().faults().clear();
        Awaiting.until(
                "It is gone when it has arrived",
                () -> testbed.client()
                                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                                .inNamespace("default")
                                .withName("unit-1")
                                .get()
                        == null,
                gone -> gone);
        shown.awaitCondition(KIND, "shrinking", "Ready", "True AllReady");
        testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .delete();
    }

    private String phase() {
        var migration = testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstanceMigration")
                .inNamespace("default")
                .withName("a-persons")
                .get();
        return migration == null ? "" : String.valueOf(migration.<Object>get("status", "phase"));
    }
}

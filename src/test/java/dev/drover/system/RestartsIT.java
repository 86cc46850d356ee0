package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a node that lives: who starts again what has failed, or was deleted. */
@OnTestbed
class RestartsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;

    RestartsIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void whatIsToRunIsStartedAgainByKubeVirtOrByDrover() {
        stage = Stage.withNodes(testbed, 2);
        OperatorProcess operator = stage.operator();
        testbed.apply(Services.service(
                "both",
                "",
                Services.application("kubevirt", 1, "")
                        + Services.application("drover", 1, "recovery: {restartedBy: Drover}")));
        ready();

        assertThat(restartedBy(operator, () -> {
                    testbed.player().crash(VmId.of("kubevirt-0"));
                    testbed.player().crash(VmId.of("drover-0"));
                }))
                .as("after the failure of the guests")
                .isEqualTo(Map.of("kubevirt-0", "KubeVirt", "drover-0", "Drover"));
        assertThat(restartedBy(operator, () -> instances().delete()))
                .as("after somebody deleted the instances")
                .isEqualTo(Map.of("kubevirt-0", "Drover", "drover-0", "Drover"));
    }

    private Map<String, String> restartedBy(OperatorProcess operator, Runnable failure) {
        Map<String, String> before = uids();
        int said = operator.text().length();
        failure.run();
        Awaiting.until(
                "Both have another instance",
                PATIENCE,
                this::uids,
                now -> now.size() == 2 && now.entrySet().stream().noneMatch(before.entrySet()::contains));
        ready();
        String log = operator.text().substring(said);
        Map<String, String> by = new TreeMap<>();
        before.keySet()
                .forEach(name -> by.put(
                        name,
                        log.contains("Started the virtual machine (default/%s)".formatted(name))
                                ? "Drover"
                                : "KubeVirt"));
        return by;
    }

    private void ready() {
        shown.awaitCondition("ApplicationService", "both", "Ready", "True AllReady");
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            instances() {
        return testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default");
    }

    private Map<String, String> uids() {
        Map<String, String> uids = new TreeMap<>();
        instances()
                .list()
                .getItems()
                .forEach(instance -> uids.put(
                        instance.getMetadata().getName(), instance.getMetadata().getUid()));
        return uids;
    }
}

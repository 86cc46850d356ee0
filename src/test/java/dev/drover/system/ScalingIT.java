package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Demand;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The number of an application's virtual machines follows the load that is played, within its bounds, and survives its operator. */
@OnTestbed
class ScalingIT {
    private static final String KIND = "ApplicationService";
    private static final double MEMORY = 100 << 20;

    private final Testbed testbed;
    private final Shown shown;

    ScalingIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @Test
    void moreWhenTheLoadRisesNoMoreThanMaxAndFewerAfterIt() throws Exception {
        try (Stage stage = Stage.withNodes(testbed, 2)) {
            OperatorProcess operator = stage.operator();
            // Each has one core: at 50 % it bears half a core.
            testbed.apply(Services.service(
                    "tide",
                    "",
                    Services.application(
                            "wave",
                            1,
                            "scaling: {min: 1, max: 3, targetUtilizationPercent: 50, stabilizationSeconds: 30}")));
            shown.awaitCondition(KIND, "tide", "Ready", "True AllReady");
            ask(0.2, "wave-0");
            Awaiting.until("It is measured", this::scaling, scaling -> scaling.held() == null);
            assertThat(scaling().virtualMachines()).isEqualTo(1);
            long generation = generation("wave-0");

            ask(0.8, "wave-0");
            ScalingStatus more = awaitSize(2);
            assertThat(more.message()).contains("cores are used; 2 virtual machines bear 1.0 at 50 %");
            Awaiting.until("It is made and ready", this::ready, ready -> ready == 2);

            ask(1.0, "wave-0", "wave-1");
            awaitSize(3);
            ask(1.0, "wave-2");
            Awaiting.until(
                    "The bound is named",
                    this::scaling,
                    scaling -> scaling.held() != null && scaling.held().contains("more than max (3)"));
            assertThat(machines()).containsExactly("wave-0", "wave-1", "wave-2");

            operator.kill();
            stage.operator();
            Awaiting.until(
                    "It is measured again by the one that comes after it",
                    this::scaling,
                    scaling -> scaling.held() != null && scaling.held().contains("more than max (3)"));
            assertThat(machines()).hasSize(3);

            ask(0.1, "wave-0", "wave-1", "wave-2");
            ScalingStatus fewer = awaitSize(1);
            assertThat(fewer.message()).contains("No more than", "for 30 s; 1 virtual machines bear 0.5 at 50 %");
            Awaiting.until("The highest are gone", this::machines, List.of("wave-0")::equals);
            assertThat(generation("wave-0")).as("nobody has written it").isEqualTo(generation);
        }
    }

    private void ask(double cores, String... machines) {
        for (String machine : machines) {
            testbed.player().demand(VmId.of(machine), Demand.constant(cores, MEMORY));
        }
    }

    private ScalingStatus awaitSize(int size) {
        return Awaiting.until("%d are wanted".formatted(size), this::scaling, seen -> seen.virtualMachines() == size);
    }

    private ScalingStatus scaling() {
        ApplicationStatus application = application();
        return application == null || application.scaling() == null
                ? new ScalingStatus(0, Instant.EPOCH, "", "Nothing is told yet.")
                : application.scaling();
    }

    private int ready() {
        ApplicationStatus application = application();
        return application == null ? 0 : application.ready();
    }

    private @Nullable ApplicationStatus application() {
        ApplicationService service = testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .withName("tide")
                .get();
        return service == null || service.getStatus() == null
                ? null
                : service.getStatus().applications().getFirst();
    }

    private List<String> machines() {
        return testbed
                .client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .list()
                .getItems()
                .stream()
                .map(machine -> machine.getMetadata().getName())
                .sorted()
                .toList();
    }

    private long generation(String machine) {
        GenericKubernetesResource found = Objects.requireNonNull(testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName(machine)
                .get());
        return found.getMetadata().getGeneration();
    }
}

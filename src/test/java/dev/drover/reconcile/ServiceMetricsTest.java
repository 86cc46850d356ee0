package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ServiceMetrics metrics = new ServiceMetrics(meters);

    @Test
    void whatIsAmissHasAFigureUntilItIsWellAgain() {
        ApplicationService shop = service("shop");
        metrics.tell(shop, status("False", "ApplicationNotReady", "Degraded"));

        assertThat(figures())
                .containsExactlyInAnyOrder(
                        "drover.service.not.ready reason=ApplicationNotReady service_name=shop service_namespace=default",
                        "drover.service.virtual.machine.degraded application=db node=n1 service_name=shop service_namespace=default virtual_machine=db-0");

        metrics.tell(shop, status("False", "NoCapacity", "Starting"));
        assertThat(figures())
                .containsExactly(
                        "drover.service.not.ready reason=NoCapacity service_name=shop service_namespace=default");

        metrics.tell(shop, status("True", "AllReady", "Ready"));
        assertThat(figures()).isEmpty();
    }

    @Test
    void aServiceThatIsDeletedLeavesNone() {
        metrics.tell(service("shop"), status("False", "NameTaken", "Waiting"));
        metrics.tell(service("other"), status("False", "NameTaken", "Waiting"));

        metrics.forget(service("shop"));

        assertThat(figures()).singleElement().asString().contains("service_name=other");
    }

    private List<String> figures() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + " "
                        + String.join(
                                " ",
                                id.getTags().stream()
                                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                                        .toList()))
                .toList();
    }

    private static ApplicationService service(String name) {
        return new KubernetesSerialization()
                .unmarshal(
                        "metadata: {name: %s, namespace: default, uid: uid-%s}".formatted(name, name),
                        ApplicationService.class);
    }

    private static ApplicationServiceStatus status(String ready, String reason, String state) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        conditions:
                        - {type: Ready, status: "%s", reason: %s, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
                        applications:
                        - name: db
                          desired: 1
                          ready: 0
                          virtualMachines:
                          - {name: db-0, state: %s, node: n1, running: "True", applicationReady: "False"}
                        """
                                .formatted(ready, reason, state),
                        ApplicationServiceStatus.class);
    }
}

package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.status.Reason;
import dev.drover.status.ServiceReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of virtual machines that have lost their node. */
class RecoveriesTest {
    private static final Instant PROVEN = Instant.parse("2026-01-01T12:00:00Z");
    private static final NodeLoss FENCED = new NodeLoss("node-1", PROVEN.minusSeconds(60), PROVEN, null, null, PROVEN);
    private static final NodeLoss SILENT = new NodeLoss("node-1", PROVEN.minusSeconds(60), null, null, null, null);

    private final List<String> told = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Recoveries recoveries = new Recoveries(
            (subject, reason, action, note) -> told.add(reason.value() + ": " + note),
            meters,
            InstantSource.fixed(PROVEN.plusSeconds(23)));

    @Test
    void howLongItTookIsToldWhenItIsReady() {
        recoveries.tell(service(status(VirtualMachineState.DEGRADED, FENCED)), status(VirtualMachineState.READY, null));

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("Recovered: ")
                .contains("(db-0)", "application (db)", "node (node-2)", "23 s after the node (node-1)");
        assertThat(meters.get("drover.service.recovery").timer().count()).isOne();
    }

    @Test
    void whatNeverDiedHasNotRecovered() {
        recoveries.tell(service(status(VirtualMachineState.READY, null)), status(VirtualMachineState.READY, null));
        recoveries.tell(service(status(VirtualMachineState.DEGRADED, SILENT)), status(VirtualMachineState.READY, null));
        recoveries.tell(
                service(status(VirtualMachineState.DEGRADED, FENCED)), status(VirtualMachineState.STARTING, FENCED));

        assertThat(told).isEmpty();
    }

    @Test
    void theBrakeShowsForAsLongAsItHolds() {
        ApplicationService service = service(status(VirtualMachineState.DEGRADED, FENCED));
        recoveries.tell(service, status(VirtualMachineState.DEGRADED, FENCED, ServiceReason.RECOVERY_BRAKED));
        assertThat(meters.get("drover.services.braked").gauge().value()).isOne();

        recoveries.tell(service, status(VirtualMachineState.DEGRADED, FENCED, ServiceReason.RECOVERING));
        assertThat(meters.get("drover.services.braked").gauge().value()).isZero();
    }

    private static ApplicationService service(ApplicationServiceStatus status) {
        ApplicationService service = new ApplicationService();
        service.getMetadata().setNamespace("default");
        service.getMetadata().setName("shop");
        service.getMetadata().setUid("uid-of-shop");
        service.setStatus(status);
        return service;
    }

    private static ApplicationServiceStatus status(
            VirtualMachineState state, @Nullable NodeLoss loss, Reason... reasons) {
        ServiceVirtualMachine machine = new ServiceVirtualMachine(
                "db-0", state, "node-2", ConditionStatus.TRUE, ConditionStatus.TRUE, null, null, null, loss, null);
        List<Condition> conditions = new ArrayList<>();
        for (Reason reason : reasons) {
            conditions.add(new Condition("Recovering", ConditionStatus.TRUE, 1L, PROVEN, reason.value(), "said"));
        }
        return new ApplicationServiceStatus(
                conditions,
                1L,
                1,
                1,
                null,
                null,
                List.of(new ApplicationStatus("db", 1, 1, null, null, List.of(machine))),
                null);
    }
}

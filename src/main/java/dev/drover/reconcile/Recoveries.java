package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.status.ConditionType;
import dev.drover.status.Events;
import dev.drover.status.ServiceReason;
import dev.drover.status.Subject;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How long it took until what had died with its node was ready again, and which services wait for the brake. Safe for threads. */
@Singleton
class Recoveries {
    private final Events events;
    private final InstantSource clock;
    private final Timer times;
    private final Set<String> braked = ConcurrentHashMap.newKeySet();

    Recoveries(Events events, MeterRegistry meters, InstantSource clock) {
        this.events = events;
        this.clock = clock;
        this.times = Timer.builder("drover.service.recovery")
                .description(
                        "From the proof that a node is down until a virtual machine that was on it is ready again.")
                .register(meters);
        Gauge.builder("drover.services.braked", braked, Set::size)
                .description("Services of which nothing is restarted, because too many nodes are lost.")
                .register(meters);
    }

    /** @param service with the status before */
    void tell(ApplicationService service, ApplicationServiceStatus now) {
        watchBrake(service, now);
        Map<String, ServiceVirtualMachine> before = machines(service.getStatus());
        now.applications().forEach(application -> application.virtualMachines().forEach(machine -> {
            ServiceVirtualMachine last = before.get(machine.name());
            NodeLoss loss = last == null ? null : last.loss();
            if (loss != null && machine.loss() == null && machine.state() == VirtualMachineState.READY) {
                recovered(service, application.name(), machine, loss);
            }
        }));
    }

    private void recovered(
            ApplicationService service, String application, ServiceVirtualMachine machine, NodeLoss loss) {
        Instant proven = loss.provenAt();
        if (proven == null) {
            return;
        }
        Duration took = Duration.between(proven, clock.instant());
        times.record(took.isNegative() ? Duration.ZERO : took);
        events.publish(
                Subject.of(service),
                ServiceReason.RECOVERED,
                ConditionType.RECOVERING.value(),
                "The virtual machine (%s) of the application (%s) is ready on the node (%s), %d s after the node (%s) was proven down."
                        .formatted(machine.name(), application, machine.node(), took.toSeconds(), loss.node()));
    }

    private void watchBrake(ApplicationService service, ApplicationServiceStatus now) {
        boolean holds = now.conditions().stream()
                .anyMatch(condition -> condition.reason().equals(ServiceReason.RECOVERY_BRAKED.value()));
        if (holds) {
            braked.add(service.getMetadata().getUid());
        } else {
            forget(service);
        }
    }

    void forget(ApplicationService service) {
        braked.remove(service.getMetadata().getUid());
    }

    private static Map<String, ServiceVirtualMachine> machines(@Nullable ApplicationServiceStatus status) {
        Map<String, ServiceVirtualMachine> machines = new HashMap<>();
        if (status != null) {
            status.applications()
                    .forEach(application ->
                            application.virtualMachines().forEach(machine -> machines.put(machine.name(), machine)));
        }
        return machines;
    }
}

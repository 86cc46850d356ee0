package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.status.ConditionType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is amiss with services, for alerts that name it: a figure for each thing that is, and none for those that are well, so that there are
 * few. Safe for threads, as long as one service is in one thread at a time.
 */
@Singleton
class ServiceMetrics {
    private static final String NOT_READY = "drover.service.not.ready";
    private static final String DEGRADED = "drover.service.virtual.machine.degraded";

    private final MeterRegistry meters;
    private final Map<String, Map<Series, Gauge>> shown = new ConcurrentHashMap<>();

    ServiceMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Series(String name, String description, Tags tags) {}

    void tell(ApplicationService service, ApplicationServiceStatus status) {
        Set<Series> amiss = amiss(service, status);
        Map<Series, Gauge> known = shown.computeIfAbsent(service.getMetadata().getUid(), _ -> new HashMap<>());
        known.entrySet().removeIf(entry -> !amiss.contains(entry.getKey()) && meters.remove(entry.getValue()) != null);
        amiss.forEach(series -> known.computeIfAbsent(series, this::register));
    }

    /** A service that is gone has no figures. */
    void forget(ApplicationService service) {
        Map<Series, Gauge> known = shown.remove(service.getMetadata().getUid());
        if (known != null) {
            known.values().forEach(meters::remove);
        }
    }

    private Gauge register(Series series) {
        return Gauge.builder(series.name(), () -> 1)
                .description(series.description())
                .tags(series.tags())
                .register(meters);
    }

    private static Set<Series> amiss(ApplicationService service, ApplicationServiceStatus status) {
        // Plain namespace and service are those of the scraped target in most Prometheus set-ups, which win.
        Tags whose = Tags.of(
                "service_namespace", service.getMetadata().getNamespace(),
                "service_name", service.getMetadata().getName());
        Set<Series> amiss = new HashSet<>();
        status.conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.READY.value())
                        && condition.status() == ConditionStatus.FALSE)
                .forEach(condition -> amiss.add(new Series(
                        NOT_READY,
                        "1 while the service is not as its spec wants it, by the reason of its condition Ready.",
                        whose.and("reason", condition.reason()))));
        status.applications().forEach(application -> application.virtualMachines().stream()
                .filter(machine -> machine.state() == VirtualMachineState.DEGRADED)
                .forEach(machine -> amiss.add(new Series(
                        DEGRADED,
                        "1 while a virtual machine of a service that was ready is so no longer.",
                        whose.and("application", application.name())
                                .and("virtual_machine", machine.name())
                                .and("node", machine.node() == null ? "" : machine.node())))));
        return amiss;
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.status.Events;
import dev.drover.status.Reason;
import dev.drover.status.ServiceReason;
import dev.drover.status.Subject;
import dev.drover.status.Words;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An event for each condition of a service that changes its mind, and for each step of a relocation. */
@Singleton
class ServiceEvents {
    private static final Map<String, Reason> REASONS =
            Reason.all().collect(Collectors.toMap(Reason::value, Function.identity()));

    private final Events events;
    private final Recoveries recoveries;

    ServiceEvents(Events events, Recoveries recoveries) {
        this.events = events;
        this.recoveries = recoveries;
    }

    /** Forgets a service that is gone. */
    void forget(ApplicationService service) {
        recoveries.forget(service);
    }

    /** @param service with the status before */
    void tell(ApplicationService service, ApplicationServiceStatus now) {
        recoveries.tell(service, now);
        List<Condition> before =
                service.getStatus() == null ? List.of() : service.getStatus().conditions();
        for (Condition condition : now.conditions()) {
            boolean same = before.stream()
                    .anyMatch(other -> other.type().equals(condition.type())
                            && other.status() == condition.status()
                            && other.reason().equals(condition.reason()));
            if (!same) {
                events.publish(
                        Subject.of(service), REASONS.get(condition.reason()), condition.type(), condition.message());
            }
        }
        tellRelocations(service, now.relocations());
    }

    private void tellRelocations(ApplicationService service, List<ServiceRelocation> now) {
        List<ServiceRelocation> before =
                service.getStatus() == null ? List.of() : service.getStatus().relocations();
        for (ServiceRelocation relocation : now) {
            boolean same = before.stream()
                    .anyMatch(other -> other.virtualMachine().equals(relocation.virtualMachine())
                            && other.ordered().equals(relocation.ordered())
                            && other.state() == relocation.state());
            if (!same) {
                events.publish(Subject.of(service), reason(relocation.state()), "Relocate", note(relocation));
            }
        }
    }

    private static Reason reason(RelocationState state) {
        return switch (state) {
            case WAITING, MOVING, PREPARING, STOPPING, COPYING, ATTACHING, STARTING, RELEASING, CLEANING ->
                ServiceReason.RELOCATING;
            case SUCCEEDED -> ServiceReason.RELOCATED;
            case WITHDRAWING, RESTORING, RETURNING, FAILED, REFUSED -> ServiceReason.NOT_RELOCATED;
        };
    }

    /** For example: The virtual machine (db-0), from the node (node-1) to (node-2): Stopping. */
    private static String note(ServiceRelocation relocation) {
        String way = relocation.from() == null
                ? ""
                : ", from the node (%s) to (%s)".formatted(relocation.from(), relocation.to());
        return "The virtual machine (%s)%s: %s. %s"
                .formatted(
                        relocation.virtualMachine(),
                        way,
                        Words.camelCase(relocation.state().name()),
                        relocation.message() == null ? "" : relocation.message())
                .strip();
    }
}

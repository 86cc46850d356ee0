package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationScaling;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.ScalingStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many virtual machines the applications with scaling are to have: what the status records, since nothing else outlives the process.
 * Where nothing is recorded, as many as there are, and no fewer than replicas says: scaling that comes to an application, or a status that
 * is lost, takes nothing away at once. Never beyond the bounds.
 */
final class Sizes {
    private Sizes() {}

    /** @param made what the service has made */
    static Map<String, Integer> of(ApplicationService service, Collection<SeenMachine> made) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Application application : service.getSpec().applications()) {
            ApplicationScaling scaling = application.scaling();
            if (scaling != null && application.virtualMachines().template() != null) {
                ScalingStatus recorded = recorded(service, application.name());
                int size = recorded == null
                        ? Math.max(application.templated(), there(application, made))
                        : recorded.virtualMachines();
                sizes.put(application.name(), Math.clamp(size, scaling.min(), Math.max(scaling.min(), scaling.max())));
            }
        }
        return sizes;
    }

    static @Nullable ScalingStatus recorded(ApplicationService service, String application) {
        return service.getStatus() == null
                ? null
                : service.getStatus().applications().stream()
                        .filter(each -> each.name().equals(application))
                        .map(ApplicationStatus::scaling)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** Up to the highest number. */
    private static int there(Application application, Collection<SeenMachine> made) {
        return made.stream()
                .filter(machine -> machine.application().equals(application.name()))
                .map(machine -> machine.name().substring(machine.name().lastIndexOf('-') + 1))
                .filter(number -> number.matches("[0-9]{1,3}"))
                .mapToInt(number -> Integer.parseInt(number) + 1)
                .max()
                .orElse(0);
    }
}

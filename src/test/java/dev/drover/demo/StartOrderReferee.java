package dev.drover.demo;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationDependency;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges by itself, from the manifests, whether what starts found all ready that it needs, and what goes left nobody behind that needs
 * it. Not safe for threads.
 */
final class StartOrderReferee {
    private final List<ApplicationService> services;
    private final List<String> breaches = new ArrayList<>();
    private int judged;

    StartOrderReferee(List<ApplicationService> services) {
        this.services = List.copyOf(services);
    }

    /** @param there all instances, the new one included, by name */
    void started(VirtualMachineInstance instance, Map<String, VirtualMachineInstance> there) {
        Application application = applicationOf(instance);
        if (application == null) {
            return;
        }
        judged++;
        for (ApplicationDependency dependency : application.dependsOn()) {
            int wanted = application(dependency.application()).replicas();
            IntStream.range(0, wanted)
                    .mapToObj(number -> dependency.application() + "-" + number)
                    .filter(name -> !there.containsKey(name) || !ready(there.get(name)))
                    .forEach(name -> breaches.add(
                            instance.getMetadata().getName() + " was started before " + name + " was ready"));
        }
    }

    /**
     * For when all of them go: what fails by itself goes in no order.
     *
     * @param left all instances that are there after it
     */
    void gone(VirtualMachineInstance instance, Collection<VirtualMachineInstance> left) {
        Application application = applicationOf(instance);
        if (application == null) {
            return;
        }
        judged++;
        for (VirtualMachineInstance other : left) {
            Application its = applicationOf(other);
            if (its != null
                    && its.dependsOn().stream()
                            .anyMatch(dependency -> dependency.application().equals(application.name()))) {
                breaches.add(instance.getMetadata().getName() + " went before "
                        + other.getMetadata().getName() + ", which needs it");
            }
        }
    }

    private static boolean ready(VirtualMachineInstance instance) {
        return instance.getStatus()
                .ready()
                .filter(condition -> condition.isTrue())
                .isPresent();
    }

    private @Nullable Application applicationOf(VirtualMachineInstance instance) {
        Map<String, String> labels = instance.getMetadata().getLabels();
        String name = labels == null ? null : labels.get(Rulebook.APPLICATION);
        return name == null ? null : application(name);
    }

    private @Nullable Application application(String name) {
        return services.stream()
                .flatMap(service -> service.getSpec().applications().stream())
                .filter(application -> application.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** How many starts and ends were judged. */
    int judged() {
        return judged;
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }
}

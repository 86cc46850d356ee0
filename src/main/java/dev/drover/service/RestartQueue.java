package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.Management;
import dev.drover.api.v1alpha1.RunPolicy;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.VmId;
import dev.drover.observe.Mark;
import dev.drover.observe.ServiceMembers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who of all services is to be restarted after the death of nodes, and is not started yet. */
final class RestartQueue {
    private final NodeFates fates;
    private final ServiceMembers members;
    private final Map<VmId, VirtualMachineInstance> instances;
    private final Map<String, Integer> priorities;
    private final Instant now;
    private final List<Turn> turns = new ArrayList<>();

    /** @param priorities by the name of the PriorityClass */
    RestartQueue(
            NodeFates fates,
            ServiceMembers members,
            Map<VmId, VirtualMachineInstance> instances,
            Map<String, Integer> priorities,
            Instant now) {
        this.fates = fates;
        this.members = members;
        this.instances = instances;
        this.priorities = priorities;
        this.now = now;
    }

    /** The first one first. */
    List<Turn> of(List<ApplicationService> services) {
        services.stream()
                .filter(service -> service.getSpec().runPolicy() == RunPolicy.RUNNING)
                .filter(service -> service.getSpec().management() == Management.ACTIVE)
                .filter(service -> service.getMetadata().getDeletionTimestamp() == null)
                .forEach(this::add);
        turns.sort(Turn.FIRST_TO_LAST);
        return List.copyOf(turns);
    }

    private void add(ApplicationService service) {
        List<Application> applications = service.getSpec().applications();
        if (applications.stream().noneMatch(Application::restartedByDrover)) {
            return;
        }
        Order order = Order.of(ServiceScenes.annotation(service, ServiceLabels.RECOVER), now);
        Losses losses = new Losses(fates, service, order, now);
        Map<String, Integer> orders = orders(applications);
        Set<String> restarted = applications.stream()
                .filter(application -> application.restartedByDrover() && application.restartedElsewhere())
                .map(Application::name)
                .collect(Collectors.toSet());
        for (VirtualMachine machine : members.of(service).made()) {
            String application = Mark.of(machine).application();
            if (restarted.contains(application)) {
                add(service, machine, losses, orders.get(application));
            }
        }
    }

    /** Also while Kubernetes still clears away what was on the dead node: the last to be cleared may be the first to start; and until the new one has a node. */
    private void add(ApplicationService service, VirtualMachine machine, Losses losses, int order) {
        String namespace = service.getMetadata().getNamespace();
        String name = machine.getMetadata().getName();
        boolean waits = machine.getMetadata().getDeletionTimestamp() == null
                && !TemplatedMachine.HALTED.equals(machine.getSpec().runStrategy());
        Loss loss = waits ? losses.of(name, instances.get(new VmId(namespace, name))) : null;
        if (loss != null && loss.told().turnSince() != null) {
            turns.add(new Turn(
                    namespace,
                    service.getMetadata().getName(),
                    name,
                    priority(service),
                    order,
                    loss.told().turnSince()));
        }
    }

    private int priority(ApplicationService service) {
        String name = service.getSpec().priorityClassName();
        return name == null ? 0 : priorities.getOrDefault(name, 0);
    }

    /** What others depend on comes as early as the earliest of them. */
    static Map<String, Integer> orders(List<Application> applications) {
        Map<String, Integer> orders = new HashMap<>();
        for (Application application : applications.reversed()) {
            int own = Math.min(application.restartOrder(), orders.getOrDefault(application.name(), Integer.MAX_VALUE));
            orders.put(application.name(), own);
            application.dependsOn().forEach(dependency -> orders.merge(dependency.application(), own, Math::min));
        }
        return orders;
    }

    /** Nothing of it runs, and KubeVirt is not going to start it by itself. */
    static boolean isIdle(VirtualMachine machine, @Nullable VirtualMachineInstance instance) {
        String strategy = machine.getSpec().runStrategy();
        if (strategy == null || !machine.getStatus().stateChangeRequests().isEmpty()) {
            return false;
        }
        return switch (strategy) {
            case TemplatedMachine.MANUAL ->
                instance == null || instance.ended() && instance.getMetadata().getDeletionTimestamp() == null;
            // It starts one for which it has not carried out this strategy yet.
            case TemplatedMachine.RERUN ->
                instance == null && strategy.equals(machine.getStatus().runStrategy());
            default -> false;
        };
    }
}

package dev.drover.observe;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.kubevirt.PriorityClass;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import java.util.List;

/**
 * The virtual machines as the objects that they are in the caches at one instant, for whoever makes and removes them. Read them, never
 * change them.
 *
 * @param migrations that have not ended
 * @param services oldest first
 * @param remediations of nodes, where software is installed that does so
 */
public record Machines(
        List<VirtualMachine> machines,
        List<VirtualMachineInstance> instances,
        List<VirtualMachineInstanceMigration> migrations,
        List<VirtualMachinePlacement> placements,
        List<ApplicationService> services,
        List<SlimNode> nodes,
        List<PriorityClass> priorities,
        List<Remediation> remediations) {

    public static final Machines NONE =
            new Machines(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Machines {
        machines = List.copyOf(machines);
        instances = List.copyOf(instances);
        migrations = List.copyOf(migrations);
        placements = List.copyOf(placements);
        services = List.copyOf(services);
        nodes = List.copyOf(nodes);
        priorities = List.copyOf(priorities);
        remediations = List.copyOf(remediations);
    }

    static Machines of(Caches caches) {
        return new Machines(
                caches.machines.all(),
                caches.instances.all(),
                caches.migrations.all().stream()
                        .filter(migration -> !migration.ended())
                        .toList(),
                caches.placements.all(),
                Written.byAge(caches.services.all()),
                caches.nodes.all(),
                caches.priorities.all(),
                caches.remediations().stream()
                        .<Remediation>flatMap(kind -> kind.all().stream())
                        .toList());
    }
}

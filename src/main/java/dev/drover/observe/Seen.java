package dev.drover.observe;

import dev.drover.kubevirt.SlimNamespace;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import java.util.List;

/** The objects that the caches hold at one instant. */
record Seen(
        List<SlimNode> nodes,
        List<SlimPod> pods,
        List<SlimNamespace> namespaces,
        List<VirtualMachine> machines,
        List<VirtualMachineInstance> instances,
        List<VirtualMachineInstanceMigration> migrations,
        MigrationLimits limits,
        Written written) {

    static Seen of(Caches caches) {
        return new Seen(
                caches.nodes.all(),
                caches.pods.all(),
                caches.namespaces.all(),
                caches.machines.all(),
                caches.instances.all(),
                caches.migrations.all(),
                new MigrationLimits(caches.kubeVirts.all(), caches.migrationPolicies.all()),
                Written.of(caches));
    }
}

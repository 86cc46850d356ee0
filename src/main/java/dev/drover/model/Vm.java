package dev.drover.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine with an instance.
 *
 * @param uid of the VirtualMachine; the instance's own uid when no VirtualMachine owns it
 * @param owned a VirtualMachine owns the instance (else it can move live, and has no placement object)
 * @param labels of the instance: what constraints select by
 * @param node where it runs; null while it is starting
 * @param target where a migration in flight takes it, or the node that is reserved for it while it starts; null when there is neither,
 *     or the target is not known yet
 * @param requests of its launcher pod: what it holds on its node, and on the target as well while it moves
 * @param guest what the guest sees: its virtual CPUs, each as a core, and its memory; its pod may request more or less
 * @param scheduling the terms that its next launcher pod will carry, KubeVirt's own included (CPU model, machine type, vendor),
 *     without those that Drover's webhook adds
 */
public record Vm(
        VmId id,
        String uid,
        String instanceUid,
        boolean owned,
        Map<String, String> labels,
        @Nullable String node,
        @Nullable String target,
        Resources requests,
        Resources guest,
        Demand demand,
        Scheduling scheduling,
        Migratability migratability) {
    public Vm {
        labels = Map.copyOf(labels);
    }

    /** With a guest that sees as much CPU and memory as its pod requests. */
    public Vm(
            VmId id,
            String uid,
            String instanceUid,
            boolean owned,
            Map<String, String> labels,
            @Nullable String node,
            @Nullable String target,
            Resources requests,
            Demand demand,
            Scheduling scheduling,
            Migratability migratability) {
        this(
                id,
                uid,
                instanceUid,
                owned,
                labels,
                node,
                target,
                requests,
                Resources.of(requests.cpuMillis(), requests.memoryBytes()),
                demand,
                scheduling,
                migratability);
    }

    public Vm withGuest(Resources guest) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    /** The same once a migration to that node has begun. */
    public Vm movingTo(String node) {
        return at(this.node, node);
    }

    /** The same elsewhere. */
    public Vm at(@Nullable String node, @Nullable String target) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    public Vm with(Resources requests) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    public Vm with(Demand demand) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    public Vm with(Scheduling scheduling) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    public Vm with(Migratability migratability) {
        return new Vm(
                id, uid, instanceUid, owned, labels, node, target, requests, guest, demand, scheduling, migratability);
    }

    public boolean running() {
        return node != null;
    }
}

package dev.drover.observe;

import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads virtual machines from their instances, launcher pods and migrations. */
final class VmReader {

    private static final long MILLIS = 1000;

    private final Map<String, Node> nodes;
    private final Map<String, String> everywhere;
    private final ToLongFunction<VirtualMachineInstance> bandwidth;
    private final Memo<Origin, Steady> known;

    /** What is the same until one of these objects changes; objects of the caches are compared by identity. */
    record Steady(Map<String, String> labels, Resources requests, Resources guest, Scheduling scheduling) {}

    /** What that is computed from. */
    record Origin(
            VirtualMachineInstance instance,
            @Nullable SlimPod launcher,
            @Nullable Map<String, String> sourceLabels,
            Map<String, String> everywhere) {}

    /**
     * @param nodes by name
     * @param everywhere labels that KubeVirt's configuration demands of every node
     * @param bandwidth what KubeVirt lets one migration of an instance send, in bytes a second; 0 is no limit
     * @param known keeps what did not change since the last snapshot
     */
    VmReader(
            Map<String, Node> nodes,
            Map<String, String> everywhere,
            ToLongFunction<VirtualMachineInstance> bandwidth,
            Memo<Origin, Steady> known) {
        this.nodes = nodes;
        this.everywhere = everywhere;
        this.bandwidth = bandwidth;
        this.known = known;
    }

    /**
     * @param launchers the instance's pods that have not finished
     * @param inFlight the migration in flight, null when there is none
     */
    Vm read(VirtualMachineInstance instance, List<SlimPod> launchers, @Nullable Migration inFlight) {
        SlimPod launcher = launcher(instance, launchers).orElse(null);
        String node = node(instance, launcher);
        String target = target(node, launcher, inFlight);
        Steady steady = steady(instance, launcher, node);
        String uid = instance.getMetadata().getUid();
        Optional<String> owner = instance.virtualMachineUid();
        return new Vm(
                new VmId(
                        instance.getMetadata().getNamespace(),
                        instance.getMetadata().getName()),
                owner.orElse(uid),
                uid,
                owner.isPresent(),
                steady.labels(),
                node,
                target,
                steady.requests(),
                steady.guest(),
                new Demand(steady.requests(), Demand.Source.REQUESTED),
                steady.scheduling(),
                migratability(instance, node).limitedTo(bandwidth.applyAsLong(instance)));
    }

    private Steady steady(VirtualMachineInstance instance, @Nullable SlimPod launcher, @Nullable String node) {
        Node source = node == null ? null : nodes.get(node);
        Origin origin = new Origin(instance, launcher, source == null ? null : source.labels(), everywhere);
        return known.get(instance.getMetadata().getUid(), origin, changed -> {
            Map<String, String> labels = instance.getMetadata().getLabels();
            Resources requests = launcher == null ? guess(instance) : PodReader.requests(launcher.getSpec());
            return new Steady(
                    labels == null ? Map.of() : Map.copyOf(labels),
                    requests,
                    guest(instance, requests),
                    new NextLauncher(instance, launcher, source, everywhere).terms());
        });
    }

    /** The pod that runs the guest or is to run it first: not the target of a migration, unless the guest has arrived there. */
    static Optional<SlimPod> launcher(VirtualMachineInstance instance, List<SlimPod> launchers) {
        String node = instance.getStatus().nodeName();
        return launchers.stream()
                .filter(pod -> !pod.temporary())
                .min(Comparator.<SlimPod, Boolean>comparing(pod ->
                                node == null || !node.equals(pod.getSpec().nodeName()))
                        .thenComparing(pod -> pod.migrationUid().isPresent())
                        .thenComparing(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                        .thenComparing(pod -> pod.getMetadata().getName()));
    }

    private static @Nullable String node(VirtualMachineInstance instance, @Nullable SlimPod launcher) {
        String reported = instance.getStatus().nodeName();
        if (reported != null && !reported.isEmpty()) {
            return reported;
        }
        String bound = launcher == null ? null : launcher.getSpec().nodeName();
        return bound == null || bound.isEmpty() ? null : bound;
    }

    private static @Nullable String target(
            @Nullable String node, @Nullable SlimPod launcher, @Nullable Migration inFlight) {
        if (inFlight != null && inFlight.target() != null && !inFlight.target().equals(node)) {
            return inFlight.target();
        }
        boolean starting = node == null && launcher != null;
        return starting ? launcher.getStatus().nominatedNodeName() : null;
    }

    static Migratability migratability(VirtualMachineInstance instance, @Nullable String node) {
        if (instance.getMetadata().getDeletionTimestamp() != null) {
            return Migratability.no("Terminating");
        }
        if (node == null || !"Running".equals(instance.getStatus().phase())) {
            return Migratability.no("NotRunning");
        }
        Optional<Condition> condition = instance.getStatus().liveMigratable();
        if (condition.isEmpty()) {
            return Migratability.no("LiveMigratableUnknown");
        }
        if (condition.get().isTrue()) {
            return Migratability.YES;
        }
        String reason = condition.get().reason();
        return Migratability.no(reason == null || reason.isEmpty() ? "NotLiveMigratable" : reason);
    }

    /** What KubeVirt makes of the instance: without a topology as many virtual CPUs as cores are requested, at least one. */
    private static Resources guest(VirtualMachineInstance instance, Resources requests) {
        VirtualMachineInstance.Domain domain = instance.getSpec().domain();
        Resources asked = Amounts.read(domain.resources().requests());
        boolean seen = domain.memory() != null && domain.memory().guest() != null;
        long memory = seen
                ? Amounts.read(Resources.MEMORY, domain.memory().guest())
                : asked.memoryBytes() > 0 ? asked.memoryBytes() : requests.memoryBytes();
        return Resources.of(guestCpu(instance), memory);
    }

    /** Millicores of its virtual CPUs. */
    static long guestCpu(VirtualMachineInstance instance) {
        VirtualMachineInstance.Domain domain = instance.getSpec().domain();
        VirtualMachineInstance.Cpu cpu = domain.cpu();
        boolean topology = cpu != null && (cpu.sockets() != null || cpu.cores() != null || cpu.threads() != null);
        long vcpus = topology
                ? times(times(part(cpu.sockets()), part(cpu.cores())), part(cpu.threads()))
                : Math.max(
                        1,
                        Math.ceilDiv(Amounts.read(domain.resources().requests()).cpuMillis(), MILLIS));
        return times(vcpus, MILLIS);
    }

    private static long part(@Nullable Integer count) {
        return count == null ? 1 : Math.max(1, count);
    }

    private static long times(long left, long right) {
        return left > Amounts.MOST / right ? Amounts.MOST : left * right;
    }

    /** What an instance without a pod will request, roughly: its pod says it exactly, as soon as there is one. */
    private static Resources guess(VirtualMachineInstance instance) {
        VirtualMachineInstance.Domain domain = instance.getSpec().domain();
        Map<String, String> written = new HashMap<>(domain.resources().requests());
        if (domain.memory() != null && domain.memory().guest() != null) {
            written.putIfAbsent(Resources.MEMORY, domain.memory().guest());
        }
        return Amounts.read(written).with(Resources.PODS, 1);
    }
}

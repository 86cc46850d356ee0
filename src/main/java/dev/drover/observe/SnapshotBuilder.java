package dev.drover.observe;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.config.Settings;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.kubevirt.SlimNamespace;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds snapshots from what the caches hold. It keeps what it converted, so that a snapshot costs little more than what changed since the
 * last one. Used by one thread at a time.
 */
final class SnapshotBuilder {

    private final Measurements measurements;
    private final DemandForecasts forecasts;
    private final Ledger ledger;
    private final Settings settings;
    private final Memo<SlimNode, Read<Node>> nodes = new Memo<>();
    private final Memo<SlimPod, Read<Pod>> pods = new Memo<>();
    private final Memo<VmReader.Origin, VmReader.Steady> vms = new Memo<>();

    /** What was made of an object, and what was wrong with it. */
    private record Read<R>(R value, @Nullable Fault fault) {
        R reporting(List<Fault> faults) {
            if (fault != null) {
                faults.add(fault);
            }
            return value;
        }
    }

    SnapshotBuilder(Measurements measurements, Ledger ledger, Settings settings) {
        this(measurements, new DemandForecasts(settings), ledger, settings);
    }

    SnapshotBuilder(Measurements measurements, DemandForecasts forecasts, Ledger ledger, Settings settings) {
        this.forecasts = forecasts;
        this.measurements = measurements;
        this.ledger = ledger;
        this.settings = settings;
    }

    Snapshot build(Instant now, Seen seen, KubeVirtState kubeVirt, Freshness freshness) {
        List<Fault> faults = new ArrayList<>();
        Written written = seen.written();
        List<Node> found = nodes(seen.nodes(), faults);
        ServiceMembers members = new ServiceMembers(written.services(), seen.machines());
        Pools pools = Pools.assign(found, policies(written.policies(), faults));
        Demands demands = new Demands(measurements, members, creation(seen.instances()), settings, now);
        demands.govern(written.policies(), found, pools);
        List<Node> measured = found.stream().map(demands::withOtherUsage).toList();
        Map<String, Map<String, String>> namespaces = namespaces(seen.namespaces());
        Instances instances = instances(seen, new Surroundings(now, measured, kubeVirt, namespaces), faults);
        Profiles profiles = new Profiles(written.profiles(), faults);
        Map<VmId, VirtualMachineProfile> profileOf = new HashMap<>();
        List<Vm> vms = described(instances.vms(), profiles, demands, profileOf);
        Rules rules = Rules.read(written);
        faults.addAll(demands.faults());
        return new Snapshot(
                new Cluster(now, measured, vms, instances.pods(), instances.migrations(), namespaces),
                rules.constraints(),
                rules.rejected(),
                rules.labelsNotOnTemplate(vms, seen.machines(), namespaces),
                written.policies(),
                pools,
                written.constraints(),
                written.clusterConstraints(),
                written.profiles(),
                profileOf,
                written.plans(),
                written.placements(),
                written.inventories(),
                written.services(),
                members,
                orders(seen.machines(), creation(seen.instances())),
                demands.states(),
                forecasts.outlooks(written.policies()),
                CarriedRules.count(seen.pods()),
                kubeVirt,
                freshness,
                faults);
    }

    private static Map<VmId, RelocationOrder> orders(
            List<VirtualMachine> machines, Function<VmId, @Nullable Instant> creation) {
        Map<VmId, RelocationOrder> orders = new HashMap<>();
        for (VirtualMachine machine : machines) {
            Map<String, String> annotations = machine.getMetadata().getAnnotations();
            String written = annotations == null ? null : annotations.get(RelocationOrder.ANNOTATION);
            if (written == null) {
                continue;
            }
            RelocationOrder order = RelocationOrder.of(written);
            Instant created = creation.apply(id(machine));
            boolean done = order.time() != null && created != null && created.isAfter(order.time());
            if (!done && !order.equals(RelocationOrder.NONE)) {
                orders.put(id(machine), order);
            }
        }
        return orders;
    }

    /** Asked of few: it is read when it is. */
    private static Function<VmId, @Nullable Instant> creation(List<VirtualMachineInstance> instances) {
        Map<VmId, String> times = new HashMap<>();
        instances.forEach(
                instance -> times.put(id(instance), instance.getMetadata().getCreationTimestamp()));
        return vm -> times.get(vm) == null ? null : Instant.parse(times.get(vm));
    }

    /** With what each needs; the profiles that say so are put into {@code profileOf}. */
    private static List<Vm> described(
            List<Vm> found, Profiles profiles, Demands demands, Map<VmId, VirtualMachineProfile> profileOf) {
        List<Vm> vms = new ArrayList<>();
        for (Vm vm : found) {
            VirtualMachineProfile profile = profileOf.computeIfAbsent(vm.id(), _ -> profiles.of(vm));
            vms.add(vm.with(demands.of(vm, profile)));
        }
        return vms;
    }

    private List<Node> nodes(List<SlimNode> seen, List<Fault> faults) {
        nodes.nextRound();
        return seen.stream()
                .map(node -> nodes.get(node.getMetadata().getUid(), node, SnapshotBuilder::read)
                        .reporting(faults))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    private static List<Policy> policies(List<PlacementPolicy> written, List<Fault> faults) {
        List<Policy> read = new ArrayList<>();
        for (PlacementPolicy policy : written) {
            try {
                read.add(PolicyReader.read(policy));
            } catch (IllegalArgumentException malformed) {
                faults.add(fault(policy, malformed));
            }
        }
        return read;
    }

    /** The instances that have not ended, with everything about them that objects and the ledger show. */
    private record Instances(List<Vm> vms, List<Pod> pods, List<Migration> migrations) {}

    /** What instances are read against. */
    private record Surroundings(
            Instant now, List<Node> nodes, KubeVirtState kubeVirt, Map<String, Map<String, String>> namespaces) {}

    private Instances instances(Seen seen, Surroundings around, List<Fault> faults) {
        List<SlimPod> unfinished =
                seen.pods().stream().filter(pod -> !pod.finished()).toList();
        Map<String, List<SlimPod>> launchers = unfinished.stream()
                .filter(pod -> pod.instanceUid().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.instanceUid().orElseThrow()));
        List<Migration> migrations = migrations(seen, around.nodes(), launchers);
        Map<VmId, Migration> inFlight = migrations.stream()
                .filter(Migration::inFlight)
                .collect(Collectors.toMap(
                        Migration::vm, Function.identity(), (a, b) -> a.phase().compareTo(b.phase()) >= 0 ? a : b));
        Map<String, Node> byName = around.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        this.vms.nextRound();
        VmReader reader = new VmReader(
                byName,
                around.kubeVirt().nodeSelectors(),
                instance -> seen.limits().bandwidth(instance, around.namespaces()),
                this.vms);
        Reservations reservations = new Reservations(ledger.open(), migrations, around.now());
        List<Vm> vms = new ArrayList<>();
        for (VirtualMachineInstance instance : seen.instances()) {
            if (instance.ended()) {
                continue;
            }
            List<SlimPod> own = launchers.getOrDefault(instance.getMetadata().getUid(), List.of());
            Vm vm = read(
                            instance,
                            readable -> reader.read(readable, own, inFlight.get(id(readable))),
                            SnapshotBuilder::unreadable)
                    .reporting(faults);
            vms.add(reservations.merge(vm, inFlight.get(vm.id())));
        }
        ledger.settle(reservations.settled());
        return new Instances(vms, pods(unfinished, faults), reservations.withOrdered(migrations));
    }

    private List<Pod> pods(List<SlimPod> unfinished, List<Fault> faults) {
        pods.nextRound();
        return unfinished.stream()
                .map(pod -> pods.get(pod.getMetadata().getUid(), pod, SnapshotBuilder::read)
                        .reporting(faults))
                .toList();
    }

    private static List<Migration> migrations(Seen seen, Collection<Node> nodes, Map<String, List<SlimPod>> launchers) {
        MigrationReader reader = new MigrationReader(nodes);
        Map<VmId, VirtualMachineInstance> instances =
                seen.instances().stream().collect(Collectors.toMap(SnapshotBuilder::id, Function.identity()));
        List<Migration> read = new ArrayList<>();
        for (VirtualMachineInstanceMigration migration : seen.migrations()) {
            VirtualMachineInstance instance = instances.get(new VmId(
                    migration.getMetadata().getNamespace(), migration.getSpec().vmiName()));
            List<SlimPod> own = instance == null
                    ? List.of()
                    : launchers.getOrDefault(instance.getMetadata().getUid(), List.of());
            read.add(reader.read(migration, instance, own));
        }
        return read;
    }

    private static Map<String, Map<String, String>> namespaces(List<SlimNamespace> seen) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        seen.forEach(namespace -> {
            Map<String, String> own = namespace.getMetadata().getLabels();
            labels.put(namespace.getMetadata().getName(), own == null ? Map.of() : own);
        });
        return labels;
    }

    private static Read<Node> read(SlimNode node) {
        Read<Node> plain = read(node, NodeReader::read, SnapshotBuilder::unreadable);
        return plain.fault() == null
                ? read(node, source -> NodeReader.withThroughput(plain.value(), source), _ -> plain.value())
                : plain;
    }

    private static Read<Pod> read(SlimPod pod) {
        return read(pod, PodReader::read, SnapshotBuilder::unreadable);
    }

    private static <S extends HasMetadata, R> Read<R> read(S source, Function<S, R> read, Function<S, R> instead) {
        try {
            return new Read<>(read.apply(source), null);
        } catch (IllegalArgumentException malformed) {
            return new Read<>(instead.apply(source), fault(source, malformed));
        }
    }

    private static Fault fault(HasMetadata source, IllegalArgumentException malformed) {
        String namespace = source.getMetadata().getNamespace();
        return new Fault(
                source.getKind(),
                namespace == null ? "" : namespace,
                source.getMetadata().getName(),
                malformed.getMessage());
    }

    /** A node that cannot be understood takes nothing. */
    private static Node unreadable(SlimNode node) {
        return new Node(
                node.getMetadata().getName(),
                node.getMetadata().getUid(),
                Map.of(),
                List.of(),
                false,
                true,
                Resources.NONE,
                null);
    }

    private static Pod unreadable(SlimPod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return new Pod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                labels == null ? Map.of() : labels,
                pod.getSpec().nodeName(),
                pod.instanceUid().orElse(null),
                Resources.NONE.with(Resources.PODS, 1),
                Scheduling.FREE,
                pod.getMetadata().getDeletionTimestamp() != null,
                false);
    }

    /** A virtual machine that cannot be understood stays where it is. */
    private static Vm unreadable(VirtualMachineInstance instance) {
        Map<String, String> labels = instance.getMetadata().getLabels();
        String uid = instance.getMetadata().getUid();
        Resources one = Resources.NONE.with(Resources.PODS, 1);
        return new Vm(
                id(instance),
                instance.virtualMachineUid().orElse(uid),
                uid,
                instance.virtualMachineUid().isPresent(),
                labels == null ? Map.of() : labels,
                instance.getStatus().nodeName(),
                null,
                one,
                new Demand(one, Demand.Source.REQUESTED),
                Scheduling.FREE,
                Migratability.no("Unreadable"));
    }

    private static VmId id(HasMetadata object) {
        return new VmId(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
}

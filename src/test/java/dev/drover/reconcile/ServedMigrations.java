package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.LiveMoves;
import dev.drover.kubevirt.MigrationOrder;
import dev.drover.kubevirt.PodAddress;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Migrations as the API server and KubeVirt keep them. Two in flight for one virtual machine, or more than the budget, is an error. */
final class ServedMigrations implements LiveMoves {
    private static final int MOST_IN_FLIGHT = 4;
    private static final int MOST_PER_NODE = 2;
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final World world;
    private final Wire wire;
    private final InstantSource clock;
    private final Map<String, Migration> migrations = new LinkedHashMap<>();
    private final List<String> moves = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> hanging = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private boolean forbidden;
    private int most;

    ServedMigrations(World world, Wire wire, InstantSource clock) {
        this.world = world;
        this.wire = wire;
        this.clock = clock;
    }

    void failTo(String node) {
        failing.add(node);
    }

    void heal() {
        failing.clear();
    }

    /** The operator has no right to create any. */
    void forbid() {
        forbidden = true;
    }

    /** Somebody deletes the first migration to this node. */
    void cancelTo(String node) {
        cancelled.add(node);
    }

    void hangTo(String node) {
        hanging.add(node);
    }

    /** The moves for which migrations were created, one entry a migration. */
    List<String> moves() {
        return List.copyOf(moves);
    }

    /** The most that were ever in flight at once. */
    int most() {
        return most;
    }

    /** Each migration one phase further. @return whether there are any */
    boolean proceed() {
        List<Migration> inFlight =
                migrations.values().stream().filter(Migration::inFlight).toList();
        for (Migration migration : inFlight) {
            if (migration.phase() == Phase.SCHEDULING && cancelled.remove(String.valueOf(migration.target()))) {
                migrations.remove(migration.name());
                continue;
            }
            Phase next = next(migration);
            if (next != migration.phase()) {
                migrations.put(migration.name(), in(next, migration));
            }
            if (next == Phase.SUCCEEDED) {
                world.at(migration.vm().name(), migration.target());
            }
        }
        return !inFlight.isEmpty();
    }

    private Phase next(Migration migration) {
        return switch (migration.phase()) {
            case UNSET -> Phase.PENDING;
            case PENDING -> hanging.contains(migration.target()) ? Phase.PENDING : Phase.SCHEDULING;
            case SCHEDULING -> Phase.RUNNING;
            default -> failing.contains(migration.target()) ? Phase.FAILED : Phase.SUCCEEDED;
        };
    }

    private Migration in(Phase phase, Migration old) {
        return new Migration(
                old.name(),
                old.uid(),
                old.vm(),
                phase,
                old.source(),
                old.target(),
                old.ours(),
                old.move(),
                old.created(),
                clock.instant(),
                phase == Phase.FAILED ? "the target was lost" : "");
    }

    /** The cluster with the migrations as a watch shows them, and those that move at both their nodes. */
    Cluster shownIn(Cluster still, Instant now) {
        Map<VmId, String> targets = new HashMap<>();
        migrations.values().stream()
                .filter(Migration::inFlight)
                .forEach(migration -> targets.put(migration.vm(), String.valueOf(migration.target())));
        List<Vm> vms = still.vms().stream()
                .map(vm -> targets.containsKey(vm.id()) ? vm.movingTo(targets.get(vm.id())) : vm)
                .toList();
        return new Cluster(now, still.nodes(), vms, still.pods(), List.copyOf(migrations.values()), still.namespaces());
    }

    @Override
    public VirtualMachineInstanceMigration createMigration(MigrationOrder order) {
        if (forbidden) {
            throw new KubernetesClientException("forbidden", HttpURLConnection.HTTP_FORBIDDEN, null);
        }
        return wire.write("create the migration", () -> {
            if (migrations.containsKey(order.name())) {
                throw new KubernetesClientException("already exists", HttpURLConnection.HTTP_CONFLICT, null);
            }
            Vm vm = vm(order.instance());
            Migration created = new Migration(
                    order.name(),
                    "uid-" + order.name(),
                    vm.id(),
                    Phase.UNSET,
                    vm.node(),
                    order.targetHostname(),
                    true,
                    order.annotations().get(Migration.MOVE_ANNOTATION),
                    clock.instant(),
                    clock.instant(),
                    "");
            mayBegin(created);
            migrations.put(created.name(), created);
            moves.add(String.valueOf(created.move()));
            return resource(created);
        });
    }

    private void mayBegin(Migration migration) {
        List<Migration> others =
                migrations.values().stream().filter(Migration::inFlight).toList();
        assertThat(others).as("P1: in flight").noneMatch(other -> other.vm().equals(migration.vm()));
        most = Math.max(most, others.size() + 1);
        assertThat(others).as("P2: in the cluster").hasSizeLessThan(MOST_IN_FLIGHT);
        assertThat(others.stream()
                        .filter(other -> String.valueOf(other.source()).equals(migration.source())))
                .as("P2: from " + migration.source())
                .hasSizeLessThan(MOST_PER_NODE);
        assertThat(others.stream()
                        .filter(other -> String.valueOf(other.target()).equals(migration.target())))
                .as("P2: to " + migration.target())
                .hasSizeLessThan(MOST_PER_NODE);
    }

    @Override
    public boolean deleteMigration(String namespace, String name, String uid) {
        return wire.write("delete the migration", () -> migrations.remove(name) != null);
    }

    @Override
    public List<VirtualMachineInstanceMigration> migrationsOf(String namespace, String instance) {
        return wire.read("list the migrations", () -> migrations.values().stream()
                .filter(migration -> migration.vm().name().equals(instance))
                .map(ServedMigrations::resource)
                .toList());
    }

    @Override
    public Optional<VirtualMachineInstance> instance(String namespace, String name) {
        return wire.read("get the instance", () -> Optional.of(instance(vm(name))));
    }

    @Override
    public Optional<SlimNode> node(String name) {
        return wire.read("get the node", () -> world.cluster().nodes().stream()
                .filter(node -> node.name().equals(name))
                .map(ServedMigrations::node)
                .findFirst());
    }

    @Override
    public Optional<SlimPod> targetPod(String namespace, String migrationUid) {
        return wire.read("get the target pod", Optional::empty);
    }

    @Override
    public boolean deletePod(PodAddress pod, long graceSeconds) {
        throw new AssertionError("There is no target pod (" + pod + ") to delete.");
    }

    private Vm vm(String name) {
        return world.cluster().vms().stream()
                .filter(vm -> vm.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VirtualMachineInstance instance(Vm vm) {
        VirtualMachineInstance instance = new VirtualMachineInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.id().namespace())
                .withName(vm.id().name())
                .withUid(vm.instanceUid())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withKind("VirtualMachine")
                        .withUid(vm.uid())
                        .withController(true)
                        .build())
                .build());
        instance.setStatus(new VirtualMachineInstance.Status("Running", vm.node(), null, null, null, null));
        return instance;
    }

    private static SlimNode node(Node node) {
        return JSON.unmarshal(
                """
                {"metadata": {"name": "%1$s", "labels": {"kubernetes.io/hostname": "%1$s"}},
                 "status": {"conditions": [{"type": "Ready", "status": "True"}]}}"""
                        .formatted(node.name()),
                SlimNode.class);
    }

    private static VirtualMachineInstanceMigration resource(Migration migration) {
        VirtualMachineInstanceMigration resource = new VirtualMachineInstanceMigration();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(migration.vm().namespace())
                .withName(migration.name())
                .withUid(migration.uid())
                .withCreationTimestamp(migration.created().toString())
                .withAnnotations(Map.of(Migration.MOVE_ANNOTATION, String.valueOf(migration.move())))
                .build());
        String phase =
                switch (migration.phase()) {
                    case SUCCEEDED -> "Succeeded";
                    case FAILED -> "Failed";
                    default -> "Running";
                };
        resource.setStatus(new VirtualMachineInstanceMigration.Status(phase, null, null, null));
        return resource;
    }
}

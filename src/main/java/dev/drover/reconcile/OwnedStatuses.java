package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the kinds that only Drover writes: VirtualMachinePlacement and NodeInventory, and only when there is something new to say. The
 * history of a virtual machine is applied by a field manager of its own, so that it is kept whatever else is written. Safe for threads,
 * as long as no two write the status of the same object.
 */
class OwnedStatuses implements PlacementStore {
    private static final String HISTORY_MANAGER = KubeVirtApi.FIELD_MANAGER + "-history";

    private final KubernetesClient client;
    private final Map<VmId, VirtualMachinePlacementStatus> placements = new ConcurrentHashMap<>();
    private final Map<String, NodeInventoryStatus> inventories = new ConcurrentHashMap<>();
    private volatile Seen seen = new Seen(Map.of(), Map.of());

    OwnedStatuses(KubernetesClient client) {
        this.client = client;
    }

    /** What the API server held at one instant. */
    private record Seen(Map<VmId, VirtualMachinePlacement> placements, Map<String, NodeInventory> inventories) {
        static Seen in(Snapshot snapshot) {
            return new Seen(
                    snapshot.placements().stream()
                            .collect(Collectors.toMap(
                                    placement -> new VmId(
                                            placement.getMetadata().getNamespace(),
                                            placement.getMetadata().getName()),
                                    Function.identity())),
                    snapshot.inventories().stream()
                            .collect(Collectors.toMap(
                                    inventory -> inventory.getMetadata().getName(), Function.identity())));
        }
    }

    /**
     * Takes over what the API server holds. What was seen before and is gone was deleted by somebody: it is made anew. A node or a virtual
     * machine that is gone is forgotten, so that another one of its name starts anew.
     */
    void refresh(Snapshot snapshot) {
        Seen now = Seen.in(snapshot);
        Seen before = seen;
        seen = now;
        Map<VmId, Integer> running = snapshot.cluster().vmIndex();
        placements
                .keySet()
                .removeIf(vm -> !now.placements().containsKey(vm)
                        && (before.placements().containsKey(vm) || !running.containsKey(vm)));
        Map<String, Integer> nodes = snapshot.cluster().nodeIndex();
        inventories
                .keySet()
                .removeIf(node -> !nodes.containsKey(node)
                        || before.inventories().containsKey(node)
                                && !now.inventories().containsKey(node));
    }

    @Override
    public void keep(Vm vm, History history) {
        ensure(vm);
        VirtualMachinePlacement patch = placement(vm);
        patch.setStatus(HistoryRecords.toStatus(history));
        applyStatus(patch, HISTORY_MANAGER);
    }

    void write(Vm vm, VirtualMachinePlacementStatus status) {
        VirtualMachinePlacement known = seen.placements().get(vm.id());
        VirtualMachinePlacementStatus before =
                placements.getOrDefault(vm.id(), known == null ? null : known.getStatus());
        if (!Materiality.changed(before, status)) {
            return;
        }
        ensure(vm);
        VirtualMachinePlacement patch = placement(vm);
        patch.setStatus(status);
        applyStatus(patch, KubeVirtApi.FIELD_MANAGER);
        placements.put(vm.id(), status);
    }

    void write(Node node, NodeInventoryStatus status) {
        NodeInventory known = seen.inventories().get(node.name());
        NodeInventoryStatus before = inventories.getOrDefault(node.name(), known == null ? null : known.getStatus());
        if (!Materiality.changed(before, status)) {
            return;
        }
        NodeInventory inventory = new NodeInventory();
        inventory.setMetadata(new ObjectMetaBuilder()
                .withName(node.name())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(node.name())
                        .withUid(node.uid())
                        .build())
                .build());
        if (!belongs(known, node.uid())) {
            apply(inventory);
        }
        inventory.setStatus(status);
        applyStatus(inventory, KubeVirtApi.FIELD_MANAGER);
        inventories.put(node.name(), status);
    }

    /** Of a virtual machine that does not run any more; its placement is there, but for a moment after its virtual machine was deleted. */
    void writeStopped(VmId vm, VirtualMachinePlacementStatus status) {
        VirtualMachinePlacement known = seen.placements().get(vm);
        if (known == null
                || !Materiality.changed(placements.getOrDefault(vm, known.getStatus()), status)
                || known.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        VirtualMachinePlacement patch = new VirtualMachinePlacement();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.namespace())
                .withName(vm.name())
                .build());
        patch.setStatus(status);
        applyStatus(patch, KubeVirtApi.FIELD_MANAGER);
        placements.put(vm, status);
    }

    private void ensure(Vm vm) {
        if (!belongs(seen.placements().get(vm.id()), vm.uid())) {
            apply(placement(vm));
        }
    }

    /** Whether it is there, and not left over from another owner of the same name. */
    private static boolean belongs(@Nullable HasMetadata object, String owner) {
        return object != null
                && object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> owner.equals(reference.getUid()));
    }

    private static VirtualMachinePlacement placement(Vm vm) {
        VirtualMachinePlacement placement = new VirtualMachinePlacement();
        placement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.id().namespace())
                .withName(vm.id().name())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("kubevirt.io/v1")
                        .withKind("VirtualMachine")
                        .withName(vm.id().name())
                        .withUid(vm.uid())
                        .build())
                .build());
        return placement;
    }

    private void apply(HasMetadata object) {
        client.resource(object)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }

    private void applyStatus(HasMetadata object, String manager) {
        client.resource(object)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .withForce(true)
                        .build());
    }
}

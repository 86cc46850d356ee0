package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.kubevirt.KubeVirtApi;
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
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the kinds that only Drover writes: VirtualMachinePlacement and NodeInventory, and only when there is something new to say. The
 * history of a virtual machine is applied by a field manager of its own, so that it is kept whatever else is written. Used by the
 * loop's thread only.
 */
class OwnedStatuses implements PlacementStore {
    private static final String HISTORY_MANAGER = KubeVirtApi.FIELD_MANAGER + "-history";

    private final KubernetesClient client;
    private final Map<VmId, VirtualMachinePlacementStatus> placements = new HashMap<>();
    private final Map<String, NodeInventoryStatus> inventories = new HashMap<>();
    private Map<VmId, VirtualMachinePlacement> seenPlacements = Map.of();
    private Map<String, NodeInventory> seenInventories = Map.of();

    OwnedStatuses(KubernetesClient client) {
        this.client = client;
    }

    /** Takes over what the API server holds. What was seen before and is gone was deleted by somebody: it is made anew. */
    void refresh(Snapshot snapshot) {
        Map<VmId, VirtualMachinePlacement> nowPlacements = snapshot.placements().stream()
                .collect(Collectors.toMap(
                        placement -> new VmId(
                                placement.getMetadata().getNamespace(),
                                placement.getMetadata().getName()),
                        Function.identity()));
        Map<String, NodeInventory> nowInventories = snapshot.inventories().stream()
                .collect(Collectors.toMap(inventory -> inventory.getMetadata().getName(), Function.identity()));
        placements.keySet().removeIf(vm -> seenPlacements.containsKey(vm) && !nowPlacements.containsKey(vm));
        inventories.keySet().removeIf(node -> seenInventories.containsKey(node) && !nowInventories.containsKey(node));
        seenPlacements = nowPlacements;
        seenInventories = nowInventories;
    }

    @Override
    public void keep(Vm vm, History history) {
        ensure(vm);
        VirtualMachinePlacement patch = placement(vm);
        patch.setStatus(HistoryRecords.toStatus(history));
        applyStatus(patch, HISTORY_MANAGER);
    }

    /** @return whether it was written */
    boolean write(Vm vm, VirtualMachinePlacementStatus status) {
        VirtualMachinePlacement seen = seenPlacements.get(vm.id());
        VirtualMachinePlacementStatus before = placements.getOrDefault(vm.id(), seen == null ? null : seen.getStatus());
        if (!Materiality.changed(before, status)) {
            return false;
        }
        ensure(vm);
        VirtualMachinePlacement patch = placement(vm);
        patch.setStatus(status);
        applyStatus(patch, KubeVirtApi.FIELD_MANAGER);
        placements.put(vm.id(), status);
        return true;
    }

    /** @return whether it was written */
    boolean write(String node, String nodeUid, NodeInventoryStatus status) {
        NodeInventory seen = seenInventories.get(node);
        NodeInventoryStatus before = inventories.getOrDefault(node, seen == null ? null : seen.getStatus());
        if (!Materiality.changed(before, status)) {
            return false;
        }
        NodeInventory inventory = new NodeInventory();
        inventory.setMetadata(new ObjectMetaBuilder()
                .withName(node)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(node)
                        .withUid(nodeUid)
                        .build())
                .build());
        if (!belongs(seen, nodeUid)) {
            apply(inventory);
        }
        inventory.setStatus(status);
        applyStatus(inventory, KubeVirtApi.FIELD_MANAGER);
        inventories.put(node, status);
        return true;
    }

    /**
     * Of a virtual machine that does not run any more; its placement is there, but for a moment after its virtual machine was deleted.
     *
     * @return whether it was written
     */
    boolean writeStopped(VmId vm, VirtualMachinePlacementStatus status) {
        VirtualMachinePlacement seen = seenPlacements.get(vm);
        if (seen == null
                || !Materiality.changed(placements.getOrDefault(vm, seen.getStatus()), status)
                || seen.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        VirtualMachinePlacement patch = new VirtualMachinePlacement();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.namespace())
                .withName(vm.name())
                .build());
        patch.setStatus(status);
        applyStatus(patch, KubeVirtApi.FIELD_MANAGER);
        placements.put(vm, status);
        return true;
    }

    /** Forgets what is gone, so that a node or a virtual machine of the same name starts anew. */
    void retain(Snapshot snapshot) {
        Map<VmId, Integer> running = snapshot.cluster().vmIndex();
        placements.keySet().removeIf(vm -> !running.containsKey(vm) && !seenPlacements.containsKey(vm));
        inventories.keySet().retainAll(snapshot.cluster().nodeIndex().keySet());
    }

    private void ensure(Vm vm) {
        if (!belongs(seenPlacements.get(vm.id()), vm.uid())) {
            apply(placement(vm));
        }
    }

    /** Whether it is there, and not left over from another owner of the same name. */
    private static boolean belongs(@Nullable HasMetadata seen, String owner) {
        return seen != null
                && seen.getMetadata().getOwnerReferences().stream()
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

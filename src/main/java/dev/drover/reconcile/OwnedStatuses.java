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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** Takes over what the API server holds. */
    void refresh(Snapshot snapshot) {
        seenPlacements = snapshot.placements().stream()
                .collect(Collectors.toMap(
                        placement -> new VmId(
                                placement.getMetadata().getNamespace(),
                                placement.getMetadata().getName()),
                        Function.identity()));
        seenInventories = snapshot.inventories().stream()
                .collect(Collectors.toMap(inventory -> inventory.getMetadata().getName(), Function.identity()));
    }

    @Override
    public void keep(Vm vm, History history) {
        ensure(vm);
        VirtualMachinePlacement patch = placement(vm);
        patch.setStatus(new VirtualMachinePlacementStatus(
                List.of(),
                null,
                HistoryRecords.toPreviousNodes(history),
                null,
                null,
                null,
                List.of(),
                history.cooldownUntil(),
                history.failures(),
                HistoryRecords.toQuarantinedNodes(history)));
        applyStatus(patch, HISTORY_MANAGER);
    }

    /** @return whether it was written */
    boolean write(Vm vm, VirtualMachinePlacementStatus status) {
        VirtualMachinePlacement seen = seenPlacements.get(vm.id());
        VirtualMachinePlacementStatus before = placements.getOrDefault(vm.id(), seen == null ? null : seen.getStatus());
        if (seen != null && !Materiality.changed(before, status)) {
            return false;
        }
        if (seen == null && placements.containsKey(vm.id()) && !Materiality.changed(before, status)) {
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
        if (seen == null && !inventories.containsKey(node)) {
            apply(inventory);
        }
        inventory.setStatus(status);
        applyStatus(inventory, KubeVirtApi.FIELD_MANAGER);
        inventories.put(node, status);
        return true;
    }

    /** Forgets what is gone, so that a node or a virtual machine of the same name starts anew. */
    void retain(Snapshot snapshot) {
        placements.keySet().retainAll(snapshot.cluster().vmIndex().keySet());
        inventories.keySet().retainAll(snapshot.cluster().nodeIndex().keySet());
    }

    private void ensure(Vm vm) {
        if (!seenPlacements.containsKey(vm.id()) && !placements.containsKey(vm.id())) {
            apply(placement(vm));
        }
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

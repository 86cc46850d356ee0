package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Histories as the API server keeps them. What is only for people to read is not kept: no decision rests on it. */
final class ServedPlacements extends OwnedStatuses {
    private final Wire wire;
    private final Map<String, VirtualMachinePlacement> placements = new TreeMap<>();

    ServedPlacements(Wire wire) {
        super(NoClient.CLIENT);
        this.wire = wire;
    }

    List<VirtualMachinePlacement> list() {
        return List.copyOf(placements.values());
    }

    /** By virtual machine: each outcome, the oldest first. */
    Map<String, List<String>> histories() {
        Map<String, List<String>> result = new TreeMap<>();
        placements.forEach(
                (vm, placement) -> result.put(vm, LoopWorld.told(HistoryRecords.toHistory(placement.getStatus()))));
        return result;
    }

    @Override
    public void keep(Vm vm, History history) {
        wire.write("keep the outcome", () -> placements.put(vm.id().name(), placement(vm, history)));
    }

    private static VirtualMachinePlacement placement(Vm vm, History history) {
        VirtualMachinePlacement placement = new VirtualMachinePlacement();
        placement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.id().namespace())
                .withName(vm.id().name())
                .build());
        placement.setStatus(HistoryRecords.toStatus(history));
        return placement;
    }

    @Override
    void refresh(Snapshot snapshot) {}

    @Override
    void write(Vm vm, VirtualMachinePlacementStatus status) {}

    @Override
    void write(Node node, NodeInventoryStatus status) {}
}

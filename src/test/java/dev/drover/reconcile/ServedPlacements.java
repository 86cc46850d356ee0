package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.OrderedMove;
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
import org.jspecify.annotations.Nullable;

/** Histories and orders as the API server keeps them. What is only for people to read is not kept: no decision rests on it. */
final class ServedPlacements extends OwnedStatuses {
    private final Wire wire;
    private final Map<String, VirtualMachinePlacement> placements = new TreeMap<>();
    private final Map<String, History> historyOf = new TreeMap<>();
    private final Map<String, OrderedMove> orderOf = new TreeMap<>();
    private boolean forgetful;

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
        wire.write("keep the outcome", () -> {
            historyOf.put(vm.id().name(), history);
            return placements.put(vm.id().name(), placement(vm));
        });
    }

    private VirtualMachinePlacement placement(Vm vm) {
        VirtualMachinePlacementStatus kept =
                HistoryRecords.toStatus(historyOf.getOrDefault(vm.id().name(), History.EMPTY));
        VirtualMachinePlacement placement = new VirtualMachinePlacement();
        placement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vm.id().namespace())
                .withName(vm.id().name())
                .build());
        placement.setStatus(new VirtualMachinePlacementStatus(
                kept.conditions(),
                kept.node(),
                kept.previousNodes(),
                kept.demand(),
                kept.score(),
                kept.migratable(),
                kept.constraints(),
                kept.cooldownUntil(),
                kept.consecutiveFailures(),
                kept.quarantinedNodes(),
                orderOf.get(vm.id().name())));
        return placement;
    }

    @Override
    void refresh(Snapshot snapshot) {}

    @Override
    void write(Vm vm, VirtualMachinePlacementStatus status) {
        OrderedMove order = status.relocation();
        if (order != null && !forgetful) {
            orderOf.put(vm.id().name(), order);
            placements.put(vm.id().name(), placement(vm));
        }
    }

    /** What is told of orders never arrives. */
    void forget() {
        forgetful = true;
    }

    /** What was told of the order for this virtual machine. */
    @Nullable
    OrderedMove order(String vm) {
        return orderOf.get(vm);
    }

    @Override
    void write(Node node, NodeInventoryStatus status) {}
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The history of every virtual machine, by the uid of the VirtualMachine. What this process recorded is kept here, since the watch
 * may still show older statuses; everything else comes from the placement objects. Used by the loop's thread only.
 */
final class Histories {
    private final Map<String, History> recorded = new HashMap<>();
    private final Map<String, String> notKept = new HashMap<>();
    private final Map<VmId, History> read = new HashMap<>();
    private Map<VmId, VirtualMachinePlacement> stored = Map.of();

    /** Takes over what the API server keeps, and forgets virtual machines that are gone. */
    void refresh(Snapshot snapshot) {
        stored = snapshot.placements().stream()
                .filter(placement -> placement.getStatus() != null)
                .collect(Collectors.toMap(Histories::id, Function.identity(), (first, second) -> second));
        read.clear();
        Set<String> present = snapshot.cluster().vms().stream().map(Vm::uid).collect(Collectors.toSet());
        recorded.keySet().retainAll(present);
        notKept.keySet().retainAll(present);
    }

    History of(Vm vm) {
        History known = recorded.get(vm.uid());
        if (known != null) {
            return known;
        }
        VirtualMachinePlacement placement = stored.get(vm.id());
        return placement == null || isOfAnother(placement, vm)
                ? History.EMPTY
                : read.computeIfAbsent(vm.id(), id -> HistoryRecords.toHistory(placement.getStatus()));
    }

    void kept(Vm vm) {
        notKept.remove(vm.uid());
    }

    /** @return whether that is new */
    boolean notKept(Vm vm, String why) {
        return notKept.put(vm.uid(), why) == null;
    }

    /** Why its history is known to this process only; empty when the API server has it. */
    String whyNotKept(Vm vm) {
        return notKept.getOrDefault(vm.uid(), "");
    }

    /** Of an earlier virtual machine of the same name, until it is cleared away. */
    static boolean isOfAnother(VirtualMachinePlacement placement, Vm vm) {
        List<OwnerReference> owners = placement.getMetadata().getOwnerReferences();
        return !owners.isEmpty() && owners.stream().noneMatch(owner -> vm.uid().equals(owner.getUid()));
    }

    void record(Vm vm, History history) {
        recorded.put(vm.uid(), history);
    }

    private static VmId id(VirtualMachinePlacement placement) {
        return new VmId(
                placement.getMetadata().getNamespace(), placement.getMetadata().getName());
    }
}

package dev.drover.admission;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.observe.Reservation;
import dev.drover.placement.Gang;
import dev.drover.placement.Start;
import dev.drover.placement.StartDecision;
import dev.drover.placement.StartPlacement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One situation as the engine must see it to place arrivals: what was promised since is at its node, and those who arrive are nowhere yet.
 * Not safe for threads.
 */
final class ArrivalScene {
    private final Cluster cluster;
    private final Map<String, Integer> nodeIndex;
    private final Map<String, Integer> vmOfInstance;
    private final StartPlacement placement;
    private final Map<String, Reservation> noted = new HashMap<>();

    /** @param placement nobody else's */
    ArrivalScene(
            Cluster cluster,
            Map<String, Integer> nodeIndex,
            Map<String, Integer> vmOfInstance,
            StartPlacement placement) {
        this.cluster = cluster;
        this.nodeIndex = nodeIndex;
        this.vmOfInstance = vmOfInstance;
        this.placement = placement;
    }

    /** @param promises by the uid of the instance; those that were noted before and are not among them do not hold any more */
    void note(Map<String, Reservation> promises) {
        noted.values().stream()
                .filter(old -> !old.equals(promises.get(old.instanceUid())))
                .toList()
                .forEach(this::forget);
        promises.values().stream()
                .filter(promise -> !noted.containsKey(promise.instanceUid()))
                .forEach(this::note);
    }

    private void forget(Reservation old) {
        noted.remove(old.instanceUid());
        placement.withdraw(vmOfInstance.get(old.instanceUid()));
    }

    /** What the situation shows of a virtual machine's node counts more than what was promised to it. */
    private void note(Reservation promise) {
        Integer index = vmOfInstance.get(promise.instanceUid());
        Integer node = nodeIndex.get(promise.node());
        if (index == null || node == null) {
            return;
        }
        Vm vm = cluster.vms().get(index);
        boolean news = promise.isMigration() ? vm.running() && vm.target() == null : !vm.running();
        if (news) {
            noted.put(promise.instanceUid(), promise);
            placement.promise(new Start(index, vm.requests(), promise.isMigration()), node);
        }
    }

    /**
     * @param gangs of virtual machines that the situation shows, each at most once
     * @return one decision for each arrival, in their order
     */
    List<StartDecision> decide(List<List<Arrival>> gangs) {
        return placement.decide(gangs.stream()
                .map(gang -> new Gang(gang.stream().map(this::start).toList()))
                .toList());
    }

    private Start start(Arrival arrival) {
        return new Start(vmOfInstance.get(arrival.instanceUid()), arrival.requests(), arrival.migration() != null);
    }
}

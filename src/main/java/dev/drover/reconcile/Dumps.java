package dev.drover.reconcile;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.dump.DumpFile;
import dev.drover.dump.Encoder;
import dev.drover.dump.Freedom;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.Snapshot;
import dev.drover.plan.Pools.Pool;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes down what the loop would decide on. A pure function of the snapshot. */
public final class Dumps {
    private Dumps() {}

    /** The snapshot, and what may be done with each virtual machine by its profile, its history and the windows of its policy. */
    public static DumpFile of(Snapshot snapshot) {
        Histories histories = new Histories();
        histories.refresh(snapshot);
        Map<VmId, Freedom> freedoms = new HashMap<>();
        Map<String, PlacementPolicy> resources = snapshot.policies().stream()
                .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), Function.identity()));
        Map<String, Integer> nodes = snapshot.cluster().nodeIndex();
        for (Pool pool : snapshot.pools().pools()) {
            PlacementPolicy resource =
                    Objects.requireNonNull(resources.get(pool.policy().name()));
            Standings standings = new Standings(snapshot, histories, pool.policy(), resource);
            for (Vm vm : snapshot.cluster().vms()) {
                Integer node = vm.node() == null ? null : nodes.get(vm.node());
                if (node != null && pool.nodes().get(node)) {
                    Set<String> avoids =
                            histories.of(vm).quarantinedNodes(snapshot.cluster().takenAt());
                    freedoms.put(vm.id(), freedom(standings.of(vm), avoids));
                }
            }
        }
        return Encoder.encode(snapshot, vm -> freedoms.getOrDefault(vm, Freedom.FREE));
    }

    private static Freedom freedom(Standing standing, Set<String> avoids) {
        Freedom.Extent extent =
                switch (standing.extent()) {
                    case ALL -> Freedom.Extent.ALWAYS;
                    case REPAIR -> Freedom.Extent.FOR_REPAIR;
                    case NONE -> Freedom.Extent.NEVER;
                };
        return new Freedom(extent, standing.byApproval(), standing.message(), avoids);
    }

    /** The other way: the word for why is lost, its sentence is not. */
    static Standing standing(Freedom freedom) {
        Standing free = Standing.free(freedom.byApproval());
        return switch (freedom.extent()) {
            case ALWAYS -> free;
            case FOR_REPAIR -> Standing.rests(freedom.byApproval(), free.reason(), freedom.because());
            case NEVER -> Standing.fixed(freedom.byApproval(), free.reason(), freedom.because());
        };
    }
}

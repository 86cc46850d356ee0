package dev.drover.observe;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;

/** Drover's own kinds as they are in the caches, oldest first. */
record Written(
        List<PlacementPolicy> policies,
        List<PlacementConstraint> constraints,
        List<ClusterPlacementConstraint> clusterConstraints,
        List<VirtualMachineProfile> profiles,
        List<MigrationPlan> plans,
        List<VirtualMachinePlacement> placements,
        List<NodeInventory> inventories,
        List<ApplicationService> services) {

    static Written of(Caches caches) {
        return new Written(
                byAge(caches.policies.all()),
                byAge(caches.constraints.all()),
                byAge(caches.clusterConstraints.all()),
                byAge(caches.profiles.all()),
                byAge(caches.plans.all()),
                byAge(caches.placements.all()),
                byAge(caches.inventories.all()),
                byAge(caches.services.all()));
    }

    /** The server's times have seconds only, so names decide between objects that were applied together. */
    static <T extends HasMetadata> List<T> byAge(List<T> objects) {
        return objects.stream()
                .sorted(Comparator.<T, String>comparing(
                                object -> object.getMetadata().getCreationTimestamp())
                        .thenComparing(object -> object.getMetadata().getName())
                        .thenComparing(object -> object.getMetadata().getUid()))
                .toList();
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ActionWindow;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.MoveBudget;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.api.v1alpha1.ResourceWeights;
import dev.drover.placement.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PlacementPolicies for tests, with the schema's defaults where nothing else is stated. */
final class Policies {
    private static final MoveBudget DEFAULT = new MoveBudget(null, null, null, null, null, null);

    private Policies() {}

    static PlacementPolicy standard(PolicyMode mode) {
        return standard(mode, DEFAULT);
    }

    /** The policy named default. */
    static PlacementPolicy standard(PolicyMode mode, MoveBudget budget) {
        return policy("default", World.NOW, mode, null, budget);
    }

    /** The policy named default. */
    static PlacementPolicy weighing(ResourceWeights weights) {
        PlacementPolicy policy = standard(PolicyMode.AUTOMATIC);
        PlacementPolicySpec spec = policy.getSpec();
        policy.setSpec(
                new PlacementPolicySpec(spec.mode(), null, null, null, null, null, weights, null, spec.budget(), null));
        return policy;
    }

    static PlacementPolicy inZone(String name, String zone, Instant created) {
        return inZone(name, zone, created, PolicyMode.AUTOMATIC);
    }

    static PlacementPolicy inZone(String name, String zone, Instant created, PolicyMode mode) {
        return policy(name, created, mode, LabelSelector.of(Map.of(World.ZONE, zone)), DEFAULT);
    }

    static MoveBudget during(ActionWindow... windows) {
        return new MoveBudget(null, null, null, null, null, List.of(windows));
    }

    private static PlacementPolicy policy(
            String name, Instant created, PolicyMode mode, @Nullable LabelSelector nodes, MoveBudget budget) {
        PlacementPolicy policy = new PlacementPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp(created.toString())
                .build());
        policy.setSpec(new PlacementPolicySpec(mode, null, nodes, null, null, null, null, null, budget, null));
        return policy;
    }
}

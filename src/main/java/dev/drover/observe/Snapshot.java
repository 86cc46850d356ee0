package dev.drover.observe;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.forecast.Outlook;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.plan.Pools;
import java.util.List;
import java.util.Map;

/**
 * Everything that decisions look at, at one instant. The custom resources are those of the informers' caches: read them, never
 * change them.
 *
 * @param cluster nodes, pods, virtual machines and migrations, with the {@link Ledger}'s reservations merged in
 * @param constraints those custom resources that could be read, with the rules that services state, oldest first
 * @param rejected why each of the others could not be read
 * @param labelsNotOnTemplate constraints that select no virtual machine although they match labels of VirtualMachine objects:
 *     such labels never reach the instance; the message says which to put where
 * @param policies oldest first
 * @param pools which of them governs which nodes, by the indexes of the cluster's nodes
 * @param profileOf the profile that describes each virtual machine which has one: a name beats a selector, of two selectors the
 *     older wins
 * @param services oldest first
 * @param members what belongs to which of them
 * @param orders of people to relocate virtual machines that were not started after them, and what cannot be read as one
 * @param demandOf by name of the policy
 * @param outlookOf by name of the policy, what is forecast of its virtual machines; nothing for a policy that does not look ahead
 * @param carriedRules how many running launcher pods carry native terms of each constraint, present or removed, as their annotation
 *     says
 * @param faults what could not be read, measurements included
 */
public record Snapshot(
        Cluster cluster,
        List<Constraint> constraints,
        Map<ConstraintId, String> rejected,
        Map<ConstraintId, String> labelsNotOnTemplate,
        List<PlacementPolicy> policies,
        Pools pools,
        List<PlacementConstraint> placementConstraints,
        List<ClusterPlacementConstraint> clusterPlacementConstraints,
        List<VirtualMachineProfile> profiles,
        Map<VmId, VirtualMachineProfile> profileOf,
        List<MigrationPlan> plans,
        List<VirtualMachinePlacement> placements,
        List<NodeInventory> inventories,
        List<ApplicationService> services,
        ServiceMembers members,
        Map<VmId, RelocationOrder> orders,
        Map<String, DemandState> demandOf,
        Map<String, Outlook> outlookOf,
        Map<ConstraintId, Integer> carriedRules,
        KubeVirtState kubeVirt,
        Freshness freshness,
        List<Fault> faults) {

    public Snapshot {
        constraints = List.copyOf(constraints);
        rejected = Map.copyOf(rejected);
        labelsNotOnTemplate = Map.copyOf(labelsNotOnTemplate);
        policies = List.copyOf(policies);
        placementConstraints = List.copyOf(placementConstraints);
        clusterPlacementConstraints = List.copyOf(clusterPlacementConstraints);
        profiles = List.copyOf(profiles);
        profileOf = Map.copyOf(profileOf);
        plans = List.copyOf(plans);
        placements = List.copyOf(placements);
        inventories = List.copyOf(inventories);
        services = List.copyOf(services);
        orders = Map.copyOf(orders);
        demandOf = Map.copyOf(demandOf);
        outlookOf = Map.copyOf(outlookOf);
        carriedRules = Map.copyOf(carriedRules);
        faults = List.copyOf(faults);
    }
}

package dev.drover.observe;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.kubevirt.FenceAgentsRemediation;
import dev.drover.kubevirt.KubeVirt;
import dev.drover.kubevirt.MigrationPolicy;
import dev.drover.kubevirt.PriorityClass;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SelfNodeRemediation;
import dev.drover.kubevirt.SlimNamespace;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The one set of caches that everything shares. */
final class Caches {

    final Watched<SlimNode> nodes;
    final Watched<SlimPod> pods;
    final Watched<SlimNamespace> namespaces;
    final Watched<PriorityClass> priorities;

    final Watched<VirtualMachine> machines;
    final Watched<VirtualMachineInstance> instances;
    final Watched<VirtualMachineInstanceMigration> migrations;
    final Watched<KubeVirt> kubeVirts;
    final Watched<MigrationPolicy> migrationPolicies;

    final Watched<SelfNodeRemediation> selfNodeRemediations;
    final Watched<FenceAgentsRemediation> fenceAgentsRemediations;

    final Watched<PlacementPolicy> policies;
    final Watched<PlacementConstraint> constraints;
    final Watched<ClusterPlacementConstraint> clusterConstraints;
    final Watched<VirtualMachineProfile> profiles;
    final Watched<MigrationPlan> plans;
    final Watched<VirtualMachinePlacement> placements;
    final Watched<NodeInventory> inventories;
    final Watched<ApplicationService> services;

    Caches(KubernetesClient client, Bell bell) {
        nodes = watched(client, SlimNode.class, bell);
        pods = watched(client, SlimPod.class, bell);
        namespaces = watched(client, SlimNamespace.class, bell);
        priorities = watched(client, PriorityClass.class, bell);
        machines = watched(client, VirtualMachine.class, bell);
        instances = watched(client, VirtualMachineInstance.class, bell);
        migrations = watched(client, VirtualMachineInstanceMigration.class, bell);
        kubeVirts = watched(client, KubeVirt.class, bell);
        migrationPolicies = watched(client, MigrationPolicy.class, bell);
        selfNodeRemediations = watched(client, SelfNodeRemediation.class, bell);
        fenceAgentsRemediations = watched(client, FenceAgentsRemediation.class, bell);
        policies = watched(client, PlacementPolicy.class, bell);
        constraints = watched(client, PlacementConstraint.class, bell);
        clusterConstraints = watched(client, ClusterPlacementConstraint.class, bell);
        profiles = watched(client, VirtualMachineProfile.class, bell);
        plans = watched(client, MigrationPlan.class, bell);
        placements = watched(client, VirtualMachinePlacement.class, bell);
        inventories = watched(client, NodeInventory.class, bell);
        services = watched(client, ApplicationService.class, bell);
    }

    private static <T extends HasMetadata> Watched<T> watched(KubernetesClient client, Class<T> type, Bell bell) {
        return new Watched<>(client, type, Changes.handler(bell));
    }

    List<Watched<?>> core() {
        return List.of(nodes, pods, namespaces);
    }

    /** They have a group of their own; every cluster serves them. */
    List<Watched<?>> scheduling() {
        return List.of(priorities);
    }

    List<Watched<?>> kubeVirt() {
        return List.of(machines, instances, migrations, kubeVirts);
    }

    /** KubeVirt serves them in a group of their own; they only tell how long a migration takes. */
    List<Watched<?>> kubeVirtMigrations() {
        return List.of(migrationPolicies);
    }

    /** Each of a group of its own, and few clusters serve them. */
    List<Watched<? extends Remediation>> remediations() {
        return List.of(selfNodeRemediations, fenceAgentsRemediations);
    }

    List<Watched<?>> own() {
        return List.of(policies, constraints, clusterConstraints, profiles, plans, placements, inventories, services);
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
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
import dev.drover.model.Migration;
import dev.drover.model.VmId;
import dev.drover.observe.DemandState;
import dev.drover.observe.Fault;
import dev.drover.observe.Freshness;
import dev.drover.observe.PolicyReader;
import dev.drover.observe.RelocationOrder;
import dev.drover.observe.ServiceMembers;
import dev.drover.observe.Snapshot;
import dev.drover.placement.World;
import dev.drover.plan.Pools;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds what one cycle decides on. What a test does not state is absent, or as well as can be. */
final class Situation {
    static final KubeVirtState KUBEVIRT = new KubeVirtState(true, "v1.9.0", false, true, 5, 2, Map.of(), "");

    private final Cluster still;
    private final List<Constraint> constraints;
    private final List<Migration> migrations = new ArrayList<>();
    private final Map<ConstraintId, String> rejected = new HashMap<>();
    private final Map<ConstraintId, String> labelsNotOnTemplate = new HashMap<>();
    private final List<PlacementPolicy> policies = new ArrayList<>();
    private final List<PlacementConstraint> rules = new ArrayList<>();
    private final Map<VmId, VirtualMachineProfile> profileOf = new HashMap<>();
    private final List<MigrationPlan> plans = new ArrayList<>();
    private final List<VirtualMachinePlacement> placements = new ArrayList<>();
    private final List<ApplicationService> services = new ArrayList<>();
    private final List<NodeInventory> inventories = new ArrayList<>();
    private final Map<String, DemandState> demandOf = new HashMap<>();
    private final Map<String, Outlook> outlookOf = new HashMap<>();
    private final Map<VmId, RelocationOrder> orders = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private Instant now;
    private KubeVirtState kubeVirt = KUBEVIRT;
    private Freshness freshness = Freshness.FRESH;

    private Situation(Cluster still, List<Constraint> constraints) {
        this.still = still;
        this.constraints = constraints;
        this.now = still.takenAt();
        migrations.addAll(still.migrations());
    }

    /** Two virtual machines on nodes of their own, with a third node free. */
    static World twoApart() {
        return World.ofNodes(3).vm("web-1", "n1", 100, "app=web").vm("web-2", "n2", 100, "app=web");
    }

    static Situation of(World world) {
        return new Situation(world.cluster(), world.constraints());
    }

    static Situation of(Cluster cluster, List<Constraint> constraints) {
        return new Situation(cluster, constraints);
    }

    Situation at(Instant instant) {
        now = instant;
        return this;
    }

    Situation with(Migration migration) {
        migrations.add(migration);
        return this;
    }

    Situation with(PlacementPolicy policy) {
        policies.add(policy);
        return this;
    }

    Situation with(PlacementConstraint rule) {
        rules.add(rule);
        return this;
    }

    Situation with(String vm, VirtualMachineProfile profile) {
        profileOf.put(World.id(vm), profile);
        return this;
    }

    Situation with(MigrationPlan plan) {
        plans.add(plan);
        return this;
    }

    Situation with(VirtualMachinePlacement placement) {
        placements.add(placement);
        return this;
    }

    Situation with(NodeInventory inventory) {
        inventories.add(inventory);
        return this;
    }

    Situation with(ApplicationService service) {
        services.add(service);
        return this;
    }

    Situation with(KubeVirtState state) {
        kubeVirt = state;
        return this;
    }

    Situation with(Freshness state) {
        freshness = state;
        return this;
    }

    Situation with(String policy, DemandState demand) {
        demandOf.put(policy, demand);
        return this;
    }

    Situation with(String policy, Outlook outlook) {
        outlookOf.put(policy, outlook);
        return this;
    }

    Situation with(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** What the annotation of a virtual machine says. */
    Situation ordered(String vm, String written) {
        orders.put(World.id(vm), RelocationOrder.of(written));
        return this;
    }

    Situation rejected(ConstraintId rule, String why) {
        rejected.put(rule, why);
        return this;
    }

    Situation labelsNotOnTemplate(ConstraintId rule, String why) {
        labelsNotOnTemplate.put(rule, why);
        return this;
    }

    Snapshot snapshot() {
        Cluster cluster = new Cluster(now, still.nodes(), still.vms(), still.pods(), migrations, still.namespaces());
        List<PlacementPolicy> byAge = policies.stream()
                .sorted(Comparator.comparing(policy -> policy.getMetadata().getCreationTimestamp()))
                .toList();
        return new Snapshot(
                cluster,
                constraints,
                rejected,
                labelsNotOnTemplate,
                byAge,
                Pools.assign(
                        cluster.nodes(), byAge.stream().map(PolicyReader::read).toList()),
                rules,
                List.of(),
                List.copyOf(profileOf.values()),
                profileOf,
                plans,
                placements,
                inventories,
                services,
                new ServiceMembers(services, List.of()),
                orders,
                demandOf,
                outlookOf,
                Map.of(),
                kubeVirt,
                freshness,
                faults);
    }

    View view() {
        return new Views(new ActiveConstraints()).of(snapshot());
    }
}

package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceSpec;
import dev.drover.api.v1alpha1.ApplicationVirtualMachines;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.kubevirt.SlimPod;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.Freshness;
import dev.drover.observe.PolicyReader;
import dev.drover.observe.ServiceMembers;
import dev.drover.observe.Snapshot;
import dev.drover.observe.StillObserver;
import dev.drover.plan.Pools;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster in memory, as an observer would show it. Nodes node-0, node-1, ... in zones a, b; VMs in the namespace shop. */
final class World extends StillObserver {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Resources SMALL = Resources.of(500, 1L << 30).with(Resources.PODS, 1);

    private final List<Node> nodes = new ArrayList<>();
    private final List<Vm> vms = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<PlacementPolicy> policies = new ArrayList<>();
    private final List<ApplicationService> services = new ArrayList<>();
    final List<SlimPod> gated = new ArrayList<>();
    boolean fresh = true;
    boolean ready = true;

    /** Four nodes; web-0 runs on the first, web-1 is about to start. */
    static World shop() {
        return new World().nodes(4).vm("web-0", "web", "node-0").vm("web-1", "web", null);
    }

    World nodes(int count) {
        for (int i = 0; i < count; i++) {
            String name = "node-" + i;
            nodes.add(new Node(
                    name,
                    "uid-" + name,
                    Map.of(
                            "kubernetes.io/hostname",
                            name,
                            "kubevirt.io/schedulable",
                            "true",
                            "zone",
                            i % 2 == 0 ? "a" : "b"),
                    List.of(),
                    true,
                    false,
                    Resources.of(16_000, 64L << 30).with(Resources.PODS, 110),
                    null));
        }
        return this;
    }

    /** @param node null for one that starts */
    World vm(String name, String app, @Nullable String node) {
        return vm(name, Map.of("app", app), node);
    }

    /** One of a gang. */
    World member(String name, String gang, int size, @Nullable String node) {
        return vm(name, Map.of(Membership.GANG, gang, Membership.SIZE, String.valueOf(size)), node);
    }

    private World vm(String name, Map<String, String> labels, @Nullable String node) {
        vms.add(new Vm(
                new VmId("shop", name),
                "vm-" + name,
                instance(name),
                true,
                labels,
                node,
                null,
                SMALL,
                new Demand(SMALL, Demand.Source.REQUESTED),
                Scheduling.FREE,
                Migratability.YES));
        if (node != null) {
            pod(name, node);
        }
        return this;
    }

    World pod(String name, String node) {
        pods.add(new Pod(
                "shop",
                "virt-launcher-" + name,
                "pod-" + name + "-" + node,
                Map.of(),
                node,
                instance(name),
                SMALL,
                Scheduling.FREE,
                false,
                false));
        return this;
    }

    /** Other pods take what is left of every node. */
    World full() {
        nodes.forEach(node -> pods.add(new Pod(
                "other",
                "hog-" + node.name(),
                "hog-" + node.name(),
                Map.of(),
                node.name(),
                null,
                Resources.NONE.with(Resources.PODS, 110),
                Scheduling.FREE,
                false,
                false)));
        return this;
    }

    World rule(String name, String app, Rule rule) {
        constraints.add(new Constraint(
                new ConstraintId("PlacementConstraint", "shop", name, "rule-" + name),
                Selection.inNamespace("shop", Selector.of(Map.of("app", app))),
                rule,
                NOW));
        return this;
    }

    /** @param zone empty for all nodes */
    /** A service that adopts the virtual machines with this label app. */
    World service(String app, AdmissionMode mode) {
        ApplicationService service = new ApplicationService();
        service.getMetadata().setName("service-of-" + app);
        service.getMetadata().setNamespace("shop");
        service.setSpec(new ApplicationServiceSpec(
                null,
                null,
                null,
                mode,
                null,
                null,
                List.of(new Application(
                        app,
                        null,
                        new ApplicationVirtualMachines(null, LabelSelector.of(Map.of("app", app))),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))));
        services.add(service);
        return this;
    }

    World policy(String name, AdmissionMode mode, String zone) {
        PlacementPolicySpec spec = PlacementPolicySpec.defaults();
        PlacementPolicy policy = new PlacementPolicy();
        policy.getMetadata().setName(name);
        policy.getMetadata().setUid("policy-" + name);
        policy.getMetadata().setCreationTimestamp(NOW.toString());
        policy.setSpec(new PlacementPolicySpec(
                spec.mode(),
                mode,
                zone.isEmpty() ? null : LabelSelector.of(Map.of("zone", zone)),
                spec.objective(),
                spec.aggressiveness(),
                spec.targetUtilization(),
                spec.weights(),
                spec.demand(),
                spec.budget(),
                spec.migrationDeadlines()));
        policies.add(policy);
        return this;
    }

    static String instance(String name) {
        return "instance-" + name;
    }

    Cluster cluster() {
        return new Cluster(NOW, nodes, vms, pods, List.of(), Map.of("shop", Map.of()));
    }

    /** A review of a launcher pod as virt-controller creates it. */
    static ObjectNode review(String vm, String app) {
        return (ObjectNode)
                Json.of(
                        "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{'uid':'r-1',"
                                + "'kind':{'group':'','version':'v1','kind':'Pod'},'operation':'CREATE','namespace':'shop','dryRun':false,"
                                + "'object':{'metadata':{'generateName':'virt-launcher-" + vm
                                + "-','labels':{'kubevirt.io':'virt-launcher',"
                                + "'kubevirt.io/created-by':'" + instance(vm) + "','app':'" + app + "'},"
                                + "'ownerReferences':[{'apiVersion':'kubevirt.io/v1','kind':'VirtualMachineInstance','name':'"
                                + vm
                                + "','uid':'" + instance(vm) + "','controller':true}]},"
                                + "'spec':{'nodeSelector':{'kubevirt.io/schedulable':'true'},"
                                + "'containers':[{'name':'compute','resources':{'requests':{'cpu':'500m','memory':'1Gi'}}}]}}}}");
    }

    /** As a migration's target. */
    static ObjectNode migrationReview(String vm, String app, String migration) {
        ObjectNode review = review(vm, app);
        ObjectNode metadata = (ObjectNode) review.at("/request/object/metadata");
        ((ObjectNode) metadata.get("labels")).put("kubevirt.io/migrationJobUID", "uid-of-" + migration);
        metadata.putObject("annotations").put("kubevirt.io/migrationJobName", migration);
        return review;
    }

    /** The same review once more, with the pod that the first call and other webhooks have made of it. */
    static ObjectNode reinvoked(ObjectNode review, JsonNode pod) {
        ObjectNode created = pod.deepCopy();
        ((ArrayNode) created.at("/spec/containers")).addObject().put("name", "sidecar");
        ((ObjectNode) review.get("request")).set("object", created);
        return review;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public Snapshot snapshot() {
        Cluster cluster = cluster();
        return new Snapshot(
                cluster,
                constraints,
                Map.of(),
                Map.of(),
                policies,
                Pools.assign(
                        cluster.nodes(),
                        policies.stream().map(PolicyReader::read).toList()),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                services,
                new ServiceMembers(services, List.of()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                KubeVirtState.absent("in memory"),
                freshness(),
                List.of());
    }

    @Override
    public Freshness freshness() {
        return fresh ? Freshness.FRESH : new Freshness(false, List.of("pods"), 30);
    }

    @Override
    public List<SlimPod> gatedPods(String gate) {
        return List.copyOf(gated);
    }
}

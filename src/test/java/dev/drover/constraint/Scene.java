package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Requirement;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds small clusters for tests. Labels are written {@code key=value}; virtual machines are in the namespace "shop". */
final class Scene {
    static final String NAMESPACE = "shop";
    static final String ZONE = "topology.kubernetes.io/zone";
    static final String METADATA_NAME = "kubernetes.io/metadata.name";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<VmId, Vm> vms = new LinkedHashMap<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();

    Scene() {
        namespace(NAMESPACE);
    }

    /** The three nodes n1, n2, n3 in the zones a, a, b. */
    static Scene ofThreeNodes() {
        return new Scene().node("n1", ZONE + "=a").node("n2", ZONE + "=a").node("n3", ZONE + "=b");
    }

    Scene namespace(String name, String... labels) {
        Map<String, String> all = labels(labels);
        all.put(METADATA_NAME, name);
        namespaces.put(name, all);
        return this;
    }

    Scene node(String name, String... labels) {
        Map<String, String> all = labels(labels);
        all.put(Node.HOSTNAME_LABEL, name);
        Resources allocatable = Resources.of(16_000, 64L << 30).with(Resources.PODS, 110);
        nodes.put(name, new Node(name, "uid-" + name, all, List.of(), true, false, allocatable, null));
        return this;
    }

    /** What the node has of CPU. */
    Scene cpu(String name, long millis) {
        return change(
                name,
                old -> new Node(
                        name,
                        old.uid(),
                        old.labels(),
                        old.taints(),
                        old.ready(),
                        old.cordoned(),
                        old.allocatable().with(Resources.CPU, millis),
                        old.otherUsage()));
    }

    Scene cordoned(String name) {
        return change(name, old -> old.inState(old.ready(), true));
    }

    Scene notReady(String name) {
        return change(name, old -> old.inState(false, old.cordoned()));
    }

    Scene tainted(String name, Taint taint) {
        return change(name, old -> old.with(List.of(taint)));
    }

    private Scene change(String node, UnaryOperator<Node> change) {
        nodes.compute(node, (name, old) -> change.apply(old));
        return this;
    }

    Scene vm(String name, @Nullable String node, String... labels) {
        return vm(vm(NAMESPACE, name, node, Scheduling.FREE, labels));
    }

    Scene vm(String name, @Nullable String node, Scheduling scheduling, String... labels) {
        return vm(vm(NAMESPACE, name, node, scheduling, labels));
    }

    Scene vmIn(String namespace, String name, @Nullable String node, String... labels) {
        return vm(vm(namespace, name, node, Scheduling.FREE, labels));
    }

    private Scene vm(Vm vm) {
        vms.put(vm.id(), vm);
        return this;
    }

    private static Vm vm(
            String namespace, String name, @Nullable String node, Scheduling scheduling, String... labels) {
        Resources requests = Resources.of(1_000, 2L << 30).with(Resources.PODS, 1);
        return new Vm(
                new VmId(namespace, name),
                "vm-" + name,
                "vmi-" + name,
                true,
                labels(labels),
                node,
                null,
                requests,
                new Demand(requests, Demand.Source.REQUESTED),
                scheduling,
                Migratability.YES);
    }

    /** A migration in flight takes the virtual machine to the node. */
    Scene moving(String vm, String target) {
        vms.compute(id(vm), (id, old) -> old.movingTo(target));
        return this;
    }

    /** A pod of something that is no virtual machine. */
    Scene pod(String name, @Nullable String node, Scheduling scheduling, String... labels) {
        Resources requests = Resources.of(500, 1L << 30).with(Resources.PODS, 1);
        pods.put(
                name,
                new Pod(
                        NAMESPACE,
                        name,
                        "uid-" + name,
                        labels(labels),
                        node,
                        null,
                        requests,
                        scheduling,
                        false,
                        false));
        return this;
    }

    /** The launcher pod of a virtual machine that was added before, on its node, with terms that it got when it was created. */
    Scene launcher(String vm, Scheduling scheduling) {
        Vm owner = vms.get(id(vm));
        String name = "virt-launcher-" + vm;
        pods.put(
                name,
                new Pod(
                        NAMESPACE,
                        name,
                        "uid-" + name,
                        LauncherLabels.ofNextPod(owner),
                        owner.node(),
                        owner.instanceUid(),
                        owner.requests(),
                        scheduling,
                        false,
                        false));
        return this;
    }

    Cluster build() {
        return new Cluster(
                START,
                List.copyOf(nodes.values()),
                List.copyOf(vms.values()),
                List.copyOf(pods.values()),
                List.of(),
                namespaces);
    }

    static VmId id(String vm) {
        return new VmId(NAMESPACE, vm);
    }

    static Selector selector(String... labels) {
        return Selector.of(labels(labels));
    }

    /** A constraint on the virtual machines of the namespace "shop" with these labels; a later number is a newer constraint. */
    static Constraint constraint(int number, Rule rule, String... labels) {
        return constraint(number, rule, Selection.inNamespace(NAMESPACE, selector(labels)));
    }

    static Constraint constraint(int number, Rule rule, Selection selection) {
        String name = rule.getClass().getSimpleName().toLowerCase() + "-" + number;
        ConstraintId id = new ConstraintId("PlacementConstraint", NAMESPACE, name, "uid-" + number);
        return new Constraint(id, selection, rule, START.plusSeconds(number));
    }

    static Selector exists(String key) {
        return new Selector(List.of(new Requirement(key, Requirement.Operator.EXISTS, List.of())));
    }

    private static Map<String, String> labels(String... labels) {
        Map<String, String> map = new HashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            map.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return map;
    }
}

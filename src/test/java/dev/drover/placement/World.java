package dev.drover.placement;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds clusters with their rules for tests. A node has 10 CPUs, 100 GiB and a zone; a virtual machine requests 1 GiB and a tenth of
 * the CPU that it needs, so that demand and not requests is what fills nodes, unless a test says otherwise.
 */
public final class World {
    public static final String NAMESPACE = "shop";
    public static final String ZONE = "topology.kubernetes.io/zone";
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GIB = 1L << 30;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Vm> vms = new LinkedHashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();

    /** Nodes n1, n2 ... in one zone each. */
    public static World ofNodes(int count) {
        World world = new World();
        for (int number = 1; number <= count; number++) {
            world.node("n" + number, "z" + number);
        }
        return world;
    }

    public World node(String name, String zone) {
        return sized(name, zone, 10_000, 100);
    }

    public World sized(String name, String zone, long cpuMillis, long gib) {
        Resources allocatable = Resources.of(cpuMillis, gib * GIB).with(Resources.PODS, 110);
        Map<String, String> labels = Map.of(Node.HOSTNAME_LABEL, name, ZONE, zone);
        nodes.put(name, new Node(name, "uid-" + name, labels, List.of(), true, false, allocatable, null));
        return this;
    }

    /** The node has that much of one resource. */
    public World offering(String name, String resource, long amount) {
        return changeNode(
                name,
                old -> new Node(
                        name,
                        old.uid(),
                        old.labels(),
                        old.taints(),
                        old.ready(),
                        old.cordoned(),
                        old.allocatable().with(resource, amount),
                        old.otherUsage()));
    }

    public World cordoned(String name) {
        return changeNode(name, old -> old.inState(old.ready(), true));
    }

    public World notReady(String name) {
        return changeNode(name, old -> old.inState(false, old.cordoned()));
    }

    /** With a taint that keeps away whatever does not tolerate it. */
    public World tainted(String name, String key) {
        return changeNode(name, old -> old.with(List.of(new Taint(key, "", Taint.Effect.NO_SCHEDULE))));
    }

    /** What was measured on the node beside its virtual machines. */
    public World usedByOthers(String name, long cpuMillis, long gib) {
        return changeNode(name, old -> old.withOtherUsage(Resources.of(cpuMillis, gib * GIB)));
    }

    private World changeNode(String node, UnaryOperator<Node> change) {
        nodes.computeIfPresent(node, (name, old) -> change.apply(old));
        return this;
    }

    /** @param node null when it is starting; @param cpuMillis what it needs; @param labels as {@code key=value} */
    public World vm(String name, @Nullable String node, long cpuMillis, String... labels) {
        Resources requests = Resources.of(cpuMillis / 10, GIB).with(Resources.PODS, 1);
        vms.put(
                name,
                new Vm(
                        new VmId(NAMESPACE, name),
                        "vm-" + name,
                        "vmi-" + name,
                        true,
                        labels(labels),
                        node,
                        null,
                        requests,
                        new Demand(Resources.of(cpuMillis, GIB / 2), Demand.Source.MEASURED),
                        Scheduling.FREE,
                        Migratability.YES));
        return this;
    }

    /** {@code count} like it: name-1, name-2 ... */
    public World vms(int count, String name, String node, long cpuMillis, String... labels) {
        for (int number = 1; number <= count; number++) {
            vm(name + "-" + number, node, cpuMillis, labels);
        }
        return this;
    }

    /** Needs that much of one resource, besides what it needs of others. */
    public World needing(String vm, String resource, long amount) {
        return change(
                vm,
                old -> old.with(new Demand(
                        old.demand().amount().with(resource, amount),
                        old.demand().source())));
    }

    public World requesting(String vm, long cpuMillis, long gib) {
        Resources requests = Resources.of(cpuMillis, gib * GIB).with(Resources.PODS, 1);
        return change(vm, old -> old.with(requests));
    }

    /** Of one resource, besides what it requests of others. */
    public World requesting(String vm, String resource, long amount) {
        return change(vm, old -> old.with(old.requests().with(resource, amount)));
    }

    public World moving(String vm, String target) {
        return change(vm, old -> old.movingTo(target));
    }

    public World stopped(String vm) {
        return at(vm, null);
    }

    public World at(String vm, @Nullable String node) {
        return change(vm, old -> old.at(node, null));
    }

    public World notLive(String vm) {
        return change(vm, old -> old.with(Migratability.no("HostDevice")));
    }

    public World scheduling(String vm, Scheduling scheduling) {
        return change(vm, old -> old.with(scheduling));
    }

    private World change(String vm, UnaryOperator<Vm> change) {
        vms.computeIfPresent(vm, (name, old) -> change.apply(old));
        return this;
    }

    /** A pod of something else. */
    public World pod(String name, String node, long cpuMillis, long gib) {
        return pod(name, node, null, Resources.of(cpuMillis, gib * GIB));
    }

    /** A launcher pod of this virtual machine. */
    public World launcher(String vm, String node) {
        Vm known = vms.get(vm);
        return pod("launcher-of-" + vm + "-on-" + node, node, known.instanceUid(), known.requests());
    }

    private World pod(String name, String node, @Nullable String instanceUid, Resources requests) {
        pods.add(new Pod(
                NAMESPACE,
                name,
                "uid-" + name,
                Map.of(),
                node,
                instanceUid,
                requests.with(Resources.PODS, 1),
                Scheduling.FREE,
                false,
                false));
        return this;
    }

    /** What the API server shows of migrations; who moves is said by {@link #moving}. */
    public World migrations(Migration... shown) {
        migrations.addAll(List.of(shown));
        return this;
    }

    /**
     * One of Drover's of the virtual machine web from n1 to n2, created a minute ago and in its phase since now.
     *
     * @param move {@code plan/id} of the move that it carries out
     */
    public static Migration ours(String name, Migration.Phase phase, @Nullable String move) {
        return migration(name, phase, true, move);
    }

    /** The same of somebody else. */
    public static Migration others(String name, Migration.Phase phase) {
        return migration(name, phase, false, null);
    }

    private static Migration migration(String name, Migration.Phase phase, boolean ours, @Nullable String move) {
        return new Migration(
                name,
                "uid-" + name,
                id("web"),
                phase,
                "n1",
                "n2",
                ours,
                move,
                NOW.minusSeconds(60),
                NOW,
                phase == Migration.Phase.FAILED ? "no memory" : "");
    }

    /** A constraint on the virtual machines with these labels, newer than those before it. */
    public World rule(Rule rule, String... labels) {
        return rule(rule, rule.usualDuring(), labels);
    }

    /** A rule that is only preferred. */
    public World preferring(Rule rule, int weight, String... labels) {
        rule(rule, labels);
        constraints.add(constraints.removeLast().preferred(weight));
        return this;
    }

    public World rule(Rule rule, Rule.During during, String... labels) {
        int number = constraints.size() + 1;
        String name = rule.getClass().getSimpleName().toLowerCase() + "-" + number;
        constraints.add(new Constraint(
                new ConstraintId("PlacementConstraint", NAMESPACE, name, "uid-" + number),
                selection(labels),
                rule,
                during,
                0,
                NOW.plusSeconds(number)));
        return this;
    }

    public static Selection selection(String... labels) {
        return Selection.inNamespace(NAMESPACE, Selector.of(labels(labels)));
    }

    public static Selector onNode(String name) {
        return Selector.of(Map.of(Node.HOSTNAME_LABEL, name));
    }

    public static Selector inZone(String zone) {
        return Selector.of(Map.of(ZONE, zone));
    }

    public List<Constraint> constraints() {
        return List.copyOf(constraints);
    }

    public Cluster cluster() {
        return new Cluster(
                NOW,
                List.copyOf(nodes.values()),
                List.copyOf(vms.values()),
                pods,
                List.copyOf(migrations),
                Map.of(NAMESPACE, Map.of()));
    }

    public BitSet everyNode() {
        BitSet every = new BitSet();
        every.set(0, nodes.size());
        return every;
    }

    /** Everything may move, and everywhere. */
    public Instance instance(Goal goal, Effort effort) {
        Cluster cluster = cluster();
        BitSet movable = new BitSet();
        movable.set(0, cluster.vms().size());
        return new Instance(
                cluster, ConstraintCompiler.compile(cluster, constraints), movable, everyNode(), goal, effort);
    }

    public static VmId id(String vm) {
        return new VmId(NAMESPACE, vm);
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

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeForecast;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.forecast.Outlook;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.placement.Goal;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.GateReason;
import dev.drover.status.NodeReason;
import dev.drover.status.Reason;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the inventory of each node says. A pure function of the view. */
final class NodeReports {
    static final int MOST_NAMES = 100;
    private static final String UNREACHABLE_TAINT = "node.kubernetes.io/unreachable";
    private static final String SCHEDULABLE_LABEL = "kubevirt.io/schedulable";

    private final View view;
    private final Map<String, NodeInventory> before;
    private final Map<String, List<Vm>> vmsOf;
    private final Map<String, Resources> requestedOn = new HashMap<>();
    private final Map<String, Pool> poolOf = new HashMap<>();
    private final Map<String, Outlook.Peak> peaks = new HashMap<>();

    NodeReports(View view) {
        this.view = view;
        this.before = view.snapshot().inventories().stream()
                .collect(Collectors.toMap(inventory -> inventory.getMetadata().getName(), Function.identity()));
        this.vmsOf = view.cluster().vms().stream()
                .filter(Vm::running)
                .collect(Collectors.groupingBy(vm -> String.valueOf(vm.node())));
        for (Pod pod : view.cluster().pods()) {
            if (pod.node() != null) {
                requestedOn.merge(pod.node(), pod.requests(), Resources::plus);
            }
        }
        view.snapshot().outlookOf().values().forEach(outlook -> peaks.putAll(outlook.peaks(view.cluster())));
        for (Pool pool : view.pools().pools()) {
            pool.nodes().stream()
                    .forEach(node -> poolOf.put(view.cluster().nodes().get(node).name(), pool));
        }
    }

    /** By name of the node, sorted. */
    Map<String, NodeInventoryStatus> statuses() {
        Map<String, NodeInventoryStatus> result = new TreeMap<>();
        view.cluster().nodes().forEach(node -> result.put(node.name(), status(node)));
        return result;
    }

    private NodeInventoryStatus status(Node node) {
        List<Vm> vms = vmsOf.getOrDefault(node.name(), List.of());
        Pool pool = poolOf.get(node.name());
        Resources demand = vms.stream().map(vm -> vm.demand().amount()).reduce(Resources.NONE, Resources::plus);
        Resources required =
                requestedOn.getOrDefault(node.name(), Resources.NONE).plus(demand.throughput());
        Integer pressure =
                pool == null ? null : pressure(node, demand, pool.policy().goal());
        return new NodeInventoryStatus(
                conditions(node, pressure),
                pool == null ? null : pool.policy().name(),
                ReportedAmounts.resources(node.allocatable(), node.allocatable()),
                ReportedAmounts.resources(required, node.allocatable()),
                ReportedAmounts.demand(demand),
                forecast(node),
                ReportedAmounts.resources(node.allocatable().minus(required), node.allocatable()),
                vms.size(),
                pressure,
                vms.stream().map(vm -> vm.id().toString()).limit(MOST_NAMES).toList());
    }

    private @Nullable NodeForecast forecast(Node node) {
        Outlook.Peak peak = peaks.get(node.name());
        return peak == null
                ? null
                : new NodeForecast(
                        ReportedAmounts.cpu(peak.cpuMillis()), peak.time().truncatedTo(ChronoUnit.SECONDS));
    }

    private List<dev.drover.api.v1alpha1.Condition> conditions(Node node, @Nullable Integer pressure) {
        NodeInventory old = before.get(node.name());
        List<dev.drover.api.v1alpha1.Condition> previous = old == null || old.getStatus() == null
                ? List.of()
                : old.getStatus().conditions();
        Conditions conditions = new Conditions(previous, 0, view.now());
        boolean fresh = view.snapshot().freshness().fresh();
        reachable(node, conditions);
        conditions.set(
                ConditionType.FRESH,
                fresh,
                fresh ? GateReason.UP_TO_DATE : GateReason.STALE_CACHE,
                String.join(" ", view.snapshot().freshness().reasons()));
        if (pressure != null) {
            boolean hot = pressure > 100;
            conditions.set(
                    ConditionType.PRESSURE,
                    hot,
                    hot ? NodeReason.ABOVE_TARGET : NodeReason.BELOW_TARGET,
                    hot ? NodeReason.ABOVE_TARGET.meaning() : "");
        }
        Reason ready = readiness(node);
        conditions.set(
                ConditionType.READY,
                ready == NodeReason.NODE_READY,
                ready,
                ready == NodeReason.NODE_READY ? "" : (ready.meaning() + " " + ready.remedy()).strip());
        return conditions.toList();
    }

    private static void reachable(Node node, Conditions conditions) {
        if (isSilent(node)) {
            conditions.unknown(
                    ConditionType.REACHABLE,
                    NodeReason.NODE_NOT_READY,
                    "The node does not answer: whether its virtual machines run, nobody knows. Nothing is sent to it.");
        } else {
            conditions.set(
                    ConditionType.REACHABLE,
                    node.ready(),
                    node.ready() ? NodeReason.NODE_READY : NodeReason.NODE_NOT_READY,
                    node.ready() ? "" : NodeReason.NODE_NOT_READY.meaning());
        }
    }

    /** Kubernetes taints a node otherwise whose kubelet itself says that it is not ready. */
    private static boolean isSilent(Node node) {
        return !node.ready()
                && node.taints().stream().anyMatch(taint -> taint.key().equals(UNREACHABLE_TAINT));
    }

    private static Reason readiness(Node node) {
        if (!node.ready()) {
            return NodeReason.NODE_NOT_READY;
        }
        if (node.cordoned()) {
            return NodeReason.NODE_CORDONED;
        }
        return "true".equals(node.labels().get(SCHEDULABLE_LABEL))
                ? NodeReason.NODE_READY
                : NodeReason.NODE_NOT_SCHEDULABLE;
    }

    /** Demand in percent of the policy's target, of the resource that is nearest to it. */
    private static Integer pressure(Node node, Resources demand, Goal goal) {
        double cpu = share(demand.cpuMillis(), node.allocatable().cpuMillis()) / goal.cpuTarget();
        double memory = share(demand.memoryBytes(), node.allocatable().memoryBytes()) / goal.memoryTarget();
        double most = Math.max(Math.max(cpu, memory), throughput(node, demand, goal.throughput()));
        return (int) Math.min(100_000, Math.round(100 * most));
    }

    /** Of network and disks where they weigh anything. */
    private static double throughput(Node node, Resources demand, Goal.Throughput goal) {
        double network = goal.networkWeight() > 0 ? share(node, demand, Resources.NETWORK) / goal.networkTarget() : 0;
        double diskIo = goal.diskIoWeight() > 0 ? share(node, demand, Resources.DISK_IO) / goal.diskIoTarget() : 0;
        return Math.max(network, diskIo);
    }

    private static double share(Node node, Resources demand, String name) {
        return share(demand.get(name), node.allocatable().get(name));
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }
}

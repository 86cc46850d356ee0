package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.ConstraintVerdict;
import dev.drover.api.v1alpha1.Migratable;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Violation;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.status.BalanceReason;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.MachineReason;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the placement of each virtual machine says, without its history: that is written by itself, before the next action. A pure
 * function of the view.
 */
final class PlacementReports {
    static final int MOST_CONSTRAINTS = 50;

    private final View view;
    private final Map<VmId, String> unplaced;
    private final Map<VmId, OrderedMove> orders;
    private final Map<VmId, VirtualMachinePlacement> before;
    private final Map<VmId, Set<ConstraintId>> broken;
    private final Map<String, Integer> servedOn;
    private final Set<String> gated;

    /**
     * @param unplaced why virtual machines that are to start find no node
     * @param orders what came of people's orders in this cycle
     */
    PlacementReports(View view, Map<VmId, String> unplaced, Map<VmId, OrderedMove> orders) {
        this.view = view;
        this.orders = orders;
        this.unplaced = unplaced;
        this.before = view.snapshot().placements().stream()
                .collect(Collectors.toMap(
                        placement -> new VmId(
                                placement.getMetadata().getNamespace(),
                                placement.getMetadata().getName()),
                        Function.identity()));
        this.broken = view.violations().stream()
                .collect(Collectors.groupingBy(
                        Violation::vm, Collectors.mapping(Violation::constraint, Collectors.toSet())));
        this.gated = view.cluster().pods().stream()
                .filter(Pod::gated)
                .map(pod -> String.valueOf(pod.instanceUid()))
                .collect(Collectors.toSet());
        Map<String, Resources> demandOn = view.cluster().vms().stream()
                .filter(Vm::running)
                .collect(Collectors.toMap(
                        vm -> String.valueOf(vm.node()), vm -> vm.demand().amount(), Resources::plus));
        this.servedOn = view.cluster().nodes().stream()
                .collect(Collectors.toMap(
                        Node::name, node -> served(node, demandOn.getOrDefault(node.name(), Resources.NONE))));
    }

    /** What share of the demand on a node it can serve, in percent: the scarcest resource decides. */
    private static int served(Node node, Resources demand) {
        double share = Math.min(
                Math.min(
                        share(node.allocatable().cpuMillis(), demand.cpuMillis()),
                        share(node.allocatable().memoryBytes(), demand.memoryBytes())),
                Math.min(throughput(node, demand, Resources.NETWORK), throughput(node, demand, Resources.DISK_IO)));
        return (int) Math.floor(100 * Math.min(1, share));
    }

    /** A node that does not say what it carries is taken to carry all. */
    private static double throughput(Node node, Resources demand, String name) {
        long room = node.allocatable().get(name);
        return room == 0 ? 1 : share(room, demand.get(name));
    }

    private static double share(long room, long asked) {
        return asked <= 0 ? 1 : (double) room / asked;
    }

    private @Nullable Integer score(Vm vm) {
        return vm.node() == null ? null : servedOn.get(vm.node());
    }

    VirtualMachinePlacementStatus status(Vm vm) {
        VirtualMachinePlacement old = before.get(vm.id());
        List<Condition> previous = old == null || old.getStatus() == null
                ? List.of()
                : old.getStatus().conditions();
        Set<ConstraintId> violated = broken.getOrDefault(vm.id(), Set.of());
        return new VirtualMachinePlacementStatus(
                conditions(vm, violated, previous),
                vm.node(),
                List.of(),
                ReportedAmounts.demand(vm.demand().amount()),
                score(vm),
                new Migratable(
                        vm.migratability().live() ? ConditionStatus.TRUE : ConditionStatus.FALSE,
                        vm.migratability().live() ? null : vm.migratability().reason()),
                verdicts(vm, violated),
                null,
                null,
                List.of(),
                orders.getOrDefault(vm.id(), ordered(old, vm)));
    }

    /** What was told before stays told. */
    private static @Nullable OrderedMove ordered(@Nullable VirtualMachinePlacement old, Vm vm) {
        return old == null || old.getStatus() == null || Histories.isOfAnother(old, vm)
                ? null
                : old.getStatus().relocation();
    }

    private List<Condition> conditions(Vm vm, Set<ConstraintId> violated, List<Condition> previous) {
        Conditions conditions = new Conditions(previous, 0, view.now());
        Reason placed = placed(vm);
        String where = !vm.running()
                ? unplaced.getOrDefault(vm.id(), "")
                : vm.target() == null
                        ? "It runs on the node (" + vm.node() + ")."
                        : "It is moving from the node (" + vm.node() + ") to (" + vm.target() + ").";
        conditions.set(ConditionType.PLACED, vm.running(), placed, where);
        String broken = violated.isEmpty() ? "" : "Broken: " + names(violated) + ".";
        conditions.set(
                ConditionType.SATISFIED,
                violated.isEmpty(),
                violated.isEmpty() ? RuleReason.SATISFIED : RuleReason.VIOLATED,
                broken);
        conditions.set(
                ConditionType.MIGRATABLE,
                vm.migratability().live(),
                vm.migratability().live() ? MachineReason.MIGRATABLE : MachineReason.NOT_LIVE_MIGRATABLE,
                vm.migratability().reason());
        boolean ready = vm.running() && violated.isEmpty();
        boolean onlyBroken = vm.running() && !ready;
        conditions.set(
                ConditionType.READY, ready, onlyBroken ? RuleReason.VIOLATED : placed, onlyBroken ? broken : where);
        return conditions.toList();
    }

    private Reason placed(Vm vm) {
        if (unplaced.containsKey(vm.id())) {
            return BalanceReason.NO_CAPACITY;
        }
        if (!vm.running()) {
            return gated.contains(vm.instanceUid()) ? MachineReason.GATED : MachineReason.STARTING;
        }
        return vm.target() == null ? MachineReason.PLACED : MachineReason.MIGRATING;
    }

    /** Those of virtual machines that do not run; their placements stay as long as the virtual machines do. */
    Map<VmId, VirtualMachinePlacementStatus> stopped() {
        Map<VmId, VirtualMachinePlacementStatus> result = new HashMap<>();
        before.forEach((vm, placement) -> {
            if (!view.cluster().vmIndex().containsKey(vm)) {
                result.put(vm, stopped(placement));
            }
        });
        return result;
    }

    private VirtualMachinePlacementStatus stopped(VirtualMachinePlacement placement) {
        List<Condition> previous = placement.getStatus() == null
                ? List.of()
                : placement.getStatus().conditions();
        Conditions conditions = new Conditions(previous, 0, view.now());
        conditions.set(ConditionType.PLACED, false, MachineReason.NOT_RUNNING, "");
        conditions.set(ConditionType.READY, false, MachineReason.NOT_RUNNING, "");
        OrderedMove ordered =
                placement.getStatus() == null ? null : placement.getStatus().relocation();
        return new VirtualMachinePlacementStatus(
                conditions.toList(), null, List.of(), null, null, null, List.of(), null, null, List.of(), ordered);
    }

    private List<ConstraintVerdict> verdicts(Vm vm, Set<ConstraintId> violated) {
        return view.active().stream()
                .filter(constraint ->
                        constraint.selection().selects(vm, view.cluster().namespaces()))
                .map(Constraint::id)
                .limit(MOST_CONSTRAINTS)
                .map(id -> new ConstraintVerdict(
                        id.toString(), violated.contains(id) ? ConditionStatus.FALSE : ConditionStatus.TRUE))
                .toList();
    }

    private static String names(Set<ConstraintId> constraints) {
        return constraints.stream().sorted().map(ConstraintId::toString).collect(Collectors.joining(", "));
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.PlannedMove;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.RelocationOrder;
import dev.drover.observe.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The orders of people to move virtual machines live, with what came of them so far. An order is known by its virtual machine and its
 * time, and the plans that carry it out by a name that follows from these: so whoever goes on with it finds what was done (P14). A pure
 * function of the snapshot.
 */
final class OrderBook {
    private static final String WORD = "order-";
    private static final int DIGITS = 12;

    private final Snapshot snapshot;
    private final Map<VmId, VirtualMachinePlacement> placements = new HashMap<>();
    private final Map<String, List<MigrationPlan>> plans = new HashMap<>();

    OrderBook(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.placements()
                .forEach(placement -> placements.put(
                        new VmId(
                                placement.getMetadata().getNamespace(),
                                placement.getMetadata().getName()),
                        placement));
        for (MigrationPlan plan : snapshot.plans()) {
            if (plan.getSpec().reason() == MoveReason.REQUESTED) {
                plan.getSpec().moves().stream()
                        .map(move -> move.virtualMachine().uid())
                        .distinct()
                        .forEach(uid -> plans.computeIfAbsent(uid, _ -> new ArrayList<>())
                                .add(plan));
            }
        }
        plans.values()
                .forEach(list -> list.sort(Comparator.comparing(
                                (MigrationPlan plan) -> plan.getMetadata().getCreationTimestamp())
                        .thenComparing(plan -> plan.getMetadata().getName().length())
                        .thenComparing(plan -> plan.getMetadata().getName())));
    }

    /**
     * One order that is not done with.
     *
     * @param node where to; empty for the best one
     * @param stands false when it was taken away
     * @param before what was told of it last; null when nothing was
     * @param plans that were made for it, the newest last
     */
    record Entry(
            Vm vm,
            Instant ordered,
            String node,
            boolean stands,
            @Nullable OrderedMove before,
            List<MigrationPlan> plans) {}

    /** What was told of this virtual machine last; null when nothing was. */
    @Nullable
    OrderedMove told(Vm vm) {
        VirtualMachinePlacement placement = placements.get(vm.id());
        return placement == null || placement.getStatus() == null || Histories.isOfAnother(placement, vm)
                ? null
                : placement.getStatus().relocation();
    }

    RelocationOrder order(Vm vm) {
        return snapshot.orders().getOrDefault(vm.id(), RelocationOrder.NONE);
    }

    /** Null when there is nothing to do, or the order cannot be read. */
    @Nullable
    Entry open(Vm vm) {
        RelocationOrder order = order(vm);
        OrderedMove told = told(vm);
        Instant last = told == null ? null : told.ordered();
        Instant time = order.time();
        if (time != null && (last == null || last.isBefore(time))) {
            return new Entry(vm, time, order.node(), true, null, plansOf(vm, time));
        }
        if (told == null || last == null || told.state().isEnd()) {
            return null;
        }
        boolean stands = last.equals(time);
        return new Entry(vm, last, stands ? order.node() : "", stands, told, plansOf(vm, last));
    }

    private List<MigrationPlan> plansOf(Vm vm, Instant ordered) {
        return plans.getOrDefault(vm.uid(), List.of()).stream()
                .filter(plan -> isFor(plan, vm.uid(), ordered))
                .toList();
    }

    /** Whether the order that the plan was made for still stands. */
    static boolean stands(Snapshot snapshot, MigrationPlan plan) {
        Map<VmId, Integer> index = snapshot.cluster().vmIndex();
        for (PlannedMove move : plan.getSpec().moves()) {
            VmId id = new VmId(
                    move.virtualMachine().namespace(), move.virtualMachine().name());
            Integer vm = index.get(id);
            Instant time =
                    snapshot.orders().getOrDefault(id, RelocationOrder.NONE).time();
            if (vm == null
                    || time == null
                    || !isFor(plan, snapshot.cluster().vms().get(vm).uid(), time)) {
                return false;
            }
        }
        return true;
    }

    /** What the plans for an order are called; those that follow the first one have numbers. */
    static String name(String policy, String vmUid, Instant ordered) {
        return PlanRecords.prefix(policy) + core(vmUid, ordered);
    }

    private static boolean isFor(MigrationPlan plan, String vmUid, Instant ordered) {
        return Pattern.matches(
                ".*-" + core(vmUid, ordered) + "(-[0-9]+)?", plan.getMetadata().getName());
    }

    private static String core(String vmUid, Instant ordered) {
        return WORD + Digest.of(vmUid + "@" + ordered).substring(0, DIGITS);
    }
}

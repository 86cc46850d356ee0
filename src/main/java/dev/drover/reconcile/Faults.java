package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.constraint.Violation;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.BalanceReason;
import dev.drover.status.GateReason;
import dev.drover.status.MachineReason;
import dev.drover.status.Message;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why something that should be done for a policy is not done, the most important first. A pure function. */
final class Faults {
    static final int MOST = 10;
    static final int LONGEST_SUBJECT = 500;

    private Faults() {}

    /**
     * @param standings by index of the virtual machine
     * @param unsolved why the proposal does not mend everything
     * @param idle nothing is proposed or under way: what is broken stays so
     */
    static List<Fault> of(View view, Pool pool, List<Standing> standings, List<Fault> unsolved, boolean idle) {
        List<Fault> faults = new ArrayList<>(unsolved);
        Set<VmId> broken = view.violations().stream().map(Violation::vm).collect(Collectors.toSet());
        Map<String, Integer> nodes = view.cluster().nodeIndex();
        int asked = 0;
        for (int i = 0; i < standings.size() && faults.size() < MOST; i++) {
            Vm vm = view.cluster().vms().get(i);
            Integer node = vm.node() == null ? null : nodes.get(vm.node());
            Standing standing = standings.get(i);
            boolean moving = standing.reason() == MachineReason.MIGRATING;
            if (!broken.contains(vm.id()) || node == null || !pool.nodes().get(node) || moving) {
                continue;
            }
            if (!standing.mayRepair()) {
                faults.add(fault(
                        vm.id().toString(),
                        standing.reason(),
                        "It breaks a constraint and is not moved: " + standing.message()));
            } else if (idle && asked++ < MOST) {
                // To ask costs as much as to place it, also when the answer is that there is room.
                stuck(view, pool, i).ifPresent(faults::add);
            }
        }
        view.snapshot().faults().stream()
                .limit(Math.max(0, MOST - faults.size()))
                .forEach(fault -> faults.add(fault(
                        subject(fault.namespace(), fault.name()),
                        fault.kind().equals("VirtualMachine") ? GateReason.METRICS_INVALID : ObjectReason.INVALID,
                        fault.message())));
        return faults;
    }

    private static Optional<Fault> stuck(View view, Pool pool, int vm) {
        String why = StartPlacement.obstacles(
                view.cluster(), view.rules(), vm, pool.nodes(), pool.policy().goal());
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(fault(
                        view.cluster().vms().get(vm).id().toString(),
                        BalanceReason.NO_CAPACITY,
                        "It breaks a constraint and no other node takes it: " + why));
    }

    private static Fault fault(String subject, Reason reason, String message) {
        return new Fault(subject, reason.value(), Message.fitting(message));
    }

    private static String subject(String namespace, String name) {
        String subject = namespace.isEmpty() ? name : namespace + "/" + name;
        return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT);
    }
}

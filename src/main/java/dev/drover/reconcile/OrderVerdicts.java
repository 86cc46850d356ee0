package dev.drover.reconcile;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.RelocationOrder;
import dev.drover.observe.ServiceMembers;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools.Pool;
import dev.drover.reconcile.OrderBook.Entry;
import dev.drover.reconcile.OrderedTargets.Choice;
import dev.drover.status.GateReason;
import dev.drover.status.MachineReason;
import dev.drover.status.ServiceReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about an order that no plan carries out yet. A person has asked for it, so no window and no gain binds it; rest and
 * daily limit do (P6), and so does everything else that protects a virtual machine. For one cycle.
 */
final class OrderVerdicts {
    private final View view;
    private final Histories histories;
    private final OrderedTargets targets;
    private final Map<String, PoolOutcome> outcomes = new HashMap<>();
    private final Map<String, Standings> standings = new HashMap<>();

    OrderVerdicts(View view, Histories histories, OrderedTargets targets, List<PoolOutcome> outcomes) {
        this.view = view;
        this.histories = histories;
        this.targets = targets;
        outcomes.forEach(outcome -> this.outcomes.put(outcome.pool().policy().name(), outcome));
    }

    /** What is to be done. */
    sealed interface Verdict {
        /** A plan is to be written. */
        record Move(Pool pool, Proposal proposal) implements Verdict {}

        record Wait(String why) implements Verdict {}

        record Refuse(RelocationFault fault, String why) implements Verdict {}

        /** It is not for the loop, or not in this cycle. */
        record Leave() implements Verdict {}
    }

    /** @param now the cluster with everything that is about to move at both its nodes */
    Verdict of(Entry entry, Cluster now) {
        Vm vm = entry.vm();
        if (isForItsService(entry)) {
            return new Verdict.Leave();
        }
        Integer node = vm.node() == null ? null : view.cluster().nodeIndex().get(vm.node());
        if (node == null) {
            return new Verdict.Refuse(RelocationFault.ORDER_NOT_FIT, "It does not run on any node.");
        }
        if (entry.node().equals(vm.node())) {
            return new Verdict.Refuse(
                    RelocationFault.ORDER_NOT_FIT, "It is on the node (%s) already.".formatted(vm.node()));
        }
        Pool pool = pool(node);
        if (pool == null) {
            return forbidden("No PlacementPolicy governs the node (%s). Add one.".formatted(vm.node()));
        }
        PoolOutcome outcome = outcomes.get(pool.policy().name());
        if (outcome == null) {
            return new Verdict.Leave();
        }
        Verdict hindrance = hindrance(vm, pool);
        return hindrance == null ? choose(entry, now, outcome) : hindrance;
    }

    /** Whether the policy may approve a move of it by itself (P10, P15). */
    boolean approves(Vm vm) {
        Integer node = vm.node() == null ? null : view.cluster().nodeIndex().get(vm.node());
        Pool pool = node == null ? null : pool(node);
        PoolOutcome outcome = pool == null ? null : outcomes.get(pool.policy().name());
        return outcome != null
                && outcome.pool().policy().mode() == Policy.Mode.AUTOMATIC
                && !outcome.circuitOpen()
                && !standing(vm, outcome.pool()).byApproval();
    }

    private static Verdict forbidden(String why) {
        return new Verdict.Refuse(RelocationFault.NOT_ALLOWED, why);
    }

    private @Nullable Pool pool(int node) {
        return view.pools().pools().stream()
                .filter(each -> each.nodes().get(node))
                .findFirst()
                .orElse(null);
    }

    /** What its service stops and starts elsewhere, or has dealt with, is not moved live for the same order. */
    private boolean isForItsService(Entry entry) {
        Vm vm = entry.vm();
        ServiceMembers.Member member = view.snapshot().members().of(vm);
        if (member == null) {
            return false;
        }
        boolean templated = member.application().virtualMachines().template() != null;
        if (templated && (!vm.migratability().live() || !vm.running())) {
            return true;
        }
        List<ServiceRelocation> entries = member.service().getStatus() == null
                ? List.of()
                : member.service().getStatus().relocations();
        return entries.stream()
                .filter(relocation -> relocation.virtualMachine().equals(vm.id().name()))
                .anyMatch(relocation -> relocation.state().isEnd()
                        ? !relocation.ordered().isBefore(entry.ordered())
                        : !relocation.state().isLive());
    }

    private @Nullable Verdict hindrance(Vm vm, Pool pool) {
        Policy policy = pool.policy();
        if (policy.mode() == Policy.Mode.OFF) {
            return forbidden("The PlacementPolicy (%s) has mode Off.".formatted(policy.name()));
        }
        if (!view.snapshot().kubeVirt().canMove()) {
            return forbidden("KubeVirt cannot be told the target node: "
                    + view.snapshot().kubeVirt().message());
        }
        Standing standing = standing(vm, pool);
        if (standing.mayBalance()) {
            return null;
        }
        return switch (standing.reason()) {
            case MachineReason.STARTING,
                    MachineReason.MIGRATING,
                    MachineReason.POD_LEFT_BEHIND,
                    MachineReason.HISTORY_NOT_KEPT,
                    ServiceReason.SERVICE_PAUSED,
                    GateReason.KUBE_VIRT_UPDATING,
                    MachineReason.COOLDOWN -> new Verdict.Wait(standing.message());
            default -> forbidden(standing.message());
        };
    }

    private Standing standing(Vm vm, Pool pool) {
        String policy = pool.policy().name();
        return standings
                .computeIfAbsent(policy, _ -> Standings.inAnyWindow(view.snapshot(), histories, pool.policy()))
                .of(vm);
    }

    private Verdict choose(Entry entry, Cluster now, PoolOutcome outcome) {
        VmId id = entry.vm().id();
        Integer vm = now.vmIndex().get(id);
        if (vm == null) {
            return new Verdict.Leave();
        }
        OrderedTargets.Question question = new OrderedTargets.Question(
                view,
                now,
                outcome.pool(),
                vm,
                entry.node(),
                "ordered at %s by the annotation %s".formatted(entry.ordered(), RelocationOrder.ANNOTATION));
        return switch (targets.choose(question, outcome.score())) {
            case Choice.Go go ->
                new Verdict.Move(
                        outcome.pool(),
                        approves(entry.vm()) ? go.proposal() : go.proposal().forPerson());
            case Choice.Later later -> new Verdict.Wait(later.why());
            case Choice.Nowhere nowhere -> new Verdict.Refuse(RelocationFault.NO_NODE, nowhere.why());
        };
    }
}

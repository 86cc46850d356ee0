package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import dev.drover.plan.Execution;
import dev.drover.plan.History;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress;
import dev.drover.reconcile.OrderBook.Entry;
import dev.drover.reconcile.OrderVerdicts.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the orders of people to move virtual machines live, each once: by a plan of one move, which the policy approves where it is
 * Automatic, and a person elsewhere. An order is no approval: whoever may change a virtual machine need not have the right to migrate it.
 * Used by the loop's thread only.
 */
final class OrderDesk {
    private static final Logger LOG = Logger.getLogger(OrderDesk.class);

    /** A plan whose move did not begin is followed by another one, so often. */
    private static final int MOST_PLANS = 3;

    private final Histories histories;
    private final OrderedTargets targets;
    private final PlanKeeper keeper;

    OrderDesk(Histories histories, OrderedTargets targets, PlanKeeper keeper) {
        this.histories = histories;
        this.targets = targets;
        this.keeper = keeper;
    }

    /**
     * @param outcomes of the policies in this cycle
     * @param underway what this cycle has begun
     * @return what is to be told of the orders that are not done with
     */
    Map<VmId, OrderedMove> work(View view, List<PoolOutcome> outcomes, Underway underway) {
        OrderBook book = new OrderBook(view.snapshot());
        List<Entry> entries = new ArrayList<>();
        Map<VmId, OrderedMove> told = new HashMap<>();
        for (Vm vm : view.cluster().vms()) {
            Entry entry = vm.owned() ? book.open(vm) : null;
            if (entry != null) {
                entries.add(entry);
            } else if (vm.owned() && !book.order(vm).mistake().isEmpty()) {
                OrderedMove now = OrderTold.unreadable(book.order(vm), view.now());
                OrderedMove before = book.told(vm);
                if (before == null || !before.saysTheSame(now)) {
                    told.put(vm.id(), now);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::ordered)
                .thenComparing(entry -> entry.vm().id().toString()));
        Round round =
                new Round(view, new OrderVerdicts(view, histories, targets, outcomes), underway.cluster(), entries);
        for (Entry entry : entries) {
            OrderedMove now = round.attempt(entry);
            if (now != null) {
                told.put(entry.vm().id(), now);
            }
        }
        return told;
    }

    /** One cycle. */
    private final class Round {
        private final View view;
        private final OrderVerdicts verdicts;
        private final Cluster underway;
        private final Map<VmId, String> reserved = new HashMap<>();

        Round(View view, OrderVerdicts verdicts, Cluster underway, List<Entry> entries) {
            this.view = view;
            this.verdicts = verdicts;
            this.underway = underway;
            entries.stream()
                    .filter(entry -> !entry.plans().isEmpty())
                    .map(entry -> PlanRecords.toExecution(entry.plans().getLast()))
                    .flatMap(execution -> execution.pending().stream())
                    .forEach(move -> reserved.put(move.vm(), move.to()));
        }

        /** What the API server refuses for one does not keep the others from being carried out. */
        @Nullable
        OrderedMove attempt(Entry entry) {
            try {
                return deal(entry);
            } catch (KubernetesClientException refused) {
                if (!Refusal.isOfOneObject(refused)) {
                    throw refused;
                }
                LOG.warnf("The order for (%s) waits: %s.", entry.vm().id(), KubeVirtApi.said(refused));
                return entry.before();
            }
        }

        private @Nullable OrderedMove deal(Entry entry) {
            OrderTold tell = new OrderTold(entry, view.now());
            OrderedMove planned =
                    entry.plans().isEmpty() ? null : ofPlan(entry, entry.plans().getLast(), tell);
            if (planned != null) {
                return planned;
            }
            History.Entry made = made(entry);
            if (made != null) {
                return tell.ended(made);
            }
            if (!entry.stands()) {
                return tell.refused(RelocationFault.TAKEN_BACK, "The order was taken away before it began.");
            }
            if (entry.ordered().isAfter(view.now())) {
                return tell.waiting("It begins at the time of the order.");
            }
            return decide(entry, tell);
        }

        /** The migration for this order, if one was made: its plan may have been cleared away. */
        private History.@Nullable Entry made(Entry entry) {
            return histories.of(entry.vm()).entries().stream()
                    .filter(known -> known.purpose() == Relocation.Reason.REQUESTED)
                    .filter(known -> !known.ended().minus(known.took()).isBefore(entry.ordered()))
                    .findFirst()
                    .orElse(null);
        }

        /** Null when its move did not begin, and another plan may be made. */
        private @Nullable OrderedMove ofPlan(Entry entry, MigrationPlan plan, OrderTold tell) {
            Execution execution = PlanRecords.toExecution(plan);
            Move move = execution.moves().getFirst();
            MoveProgress progress = execution.progressOf(move.id());
            String name = plan.getMetadata().getName();
            if (PlanStatuses.decided(plan, ApprovalDecision.REJECTED)) {
                return tell.refused(RelocationFault.NOT_ALLOWED, "A person rejected the plan (%s).".formatted(name));
            }
            return switch (progress.state()) {
                case PENDING -> pending(entry, plan, tell);
                case RUNNING -> tell.by(name, move, RelocationState.MOVING, "");
                case SUCCEEDED -> tell.by(name, move, RelocationState.SUCCEEDED, "");
                case FAILED -> tell.by(name, move, RelocationState.FAILED, progress.message());
                case ABORTED ->
                    tell.refused(RelocationFault.TAKEN_BACK, "A person aborted the plan (%s).".formatted(name));
                case SKIPPED ->
                    entry.plans().size() < MOST_PLANS
                            ? null
                            : tell.refused(RelocationFault.NO_NODE, progress.message());
            };
        }

        private @Nullable OrderedMove pending(Entry entry, MigrationPlan plan, OrderTold tell) {
            Execution execution = PlanRecords.toExecution(plan);
            Move move = execution.moves().getFirst();
            String name = plan.getMetadata().getName();
            if (plan.getSpec().approval() != null) {
                String why = execution.progressOf(move.id()).message();
                return tell.by(name, move, RelocationState.WAITING, why);
            }
            if (!entry.stands()) {
                keeper.end(view, plan, "The order was taken away.");
                return null;
            }
            if (PlanKeeper.impossible(view, plan)) {
                keeper.end(view, plan, "It cannot be carried out any more.");
                reserved.remove(move.vm());
                return null;
            }
            if (verdicts.approves(entry.vm())) {
                keeper.approve(plan);
                return tell.by(name, move, RelocationState.WAITING, "");
            }
            return tell.by(name, move, RelocationState.WAITING, "The plan waits for a person's approval.");
        }

        private @Nullable OrderedMove decide(Entry entry, OrderTold tell) {
            return switch (verdicts.of(entry, withReserved())) {
                case Verdict.Move wanted -> write(entry, wanted, tell);
                case Verdict.Wait wait -> tell.waiting(wait.why());
                case Verdict.Refuse refuse -> tell.refused(refuse.fault(), refuse.why());
                case Verdict.Leave _ -> entry.before();
            };
        }

        private OrderedMove write(Entry entry, Verdict.Move wanted, OrderTold tell) {
            Move move = wanted.proposal().plan().moves().getFirst();
            String name = keeper.order(
                    view,
                    wanted.pool(),
                    wanted.proposal(),
                    OrderBook.name(wanted.pool().policy().name(), entry.vm().uid(), entry.ordered()));
            reserved.put(move.vm(), move.to());
            return tell.by(name, move, RelocationState.WAITING, "");
        }

        /** With every virtual machine that is about to move at both its nodes. */
        private Cluster withReserved() {
            List<Vm> vms = underway.vms().stream()
                    .map(vm -> vm.target() == null && reserved.containsKey(vm.id())
                            ? vm.movingTo(Objects.requireNonNull(reserved.get(vm.id())))
                            : vm)
                    .toList();
            return new Cluster(
                    underway.takenAt(),
                    underway.nodes(),
                    vms,
                    underway.pods(),
                    underway.migrations(),
                    underway.namespaces());
        }
    }
}

package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.SnapshotReference;
import dev.drover.model.Vm;
import dev.drover.plan.Execution;
import dev.drover.plan.Move;
import dev.drover.plan.MoveCheck;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.Events;
import dev.drover.status.PlanReason;
import dev.drover.status.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes plans, approves them where the policy says so, replaces what waits too long, and clears away old ones. */
class PlanKeeper {
    private static final Duration UNSEEN = Duration.ofSeconds(30);
    private static final Duration WAITS_UNCHANGED = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int MOST_KEPT = 20;
    private static final int MATERIAL_POINTS = 5;

    private final PlanStore store;
    private final Histories histories;
    private final Events events;
    private final Map<String, Instant> unseen = new HashMap<>();

    PlanKeeper(PlanStore store, Histories histories, Events events) {
        this.store = store;
        this.histories = histories;
        this.events = events;
    }

    /** Plans of the policy that have not ended, the oldest first. */
    static List<MigrationPlan> open(View view, String policy) {
        return ofPolicy(view, policy).stream()
                .filter(plan -> !PlanStatuses.ended(plan))
                .toList();
    }

    /** Why the plan is not for its policy to carry out any more, whoever approved it; empty while it is. */
    static String lost(View view, Pool pool, MigrationPlan plan) {
        Map<String, Integer> nodes = view.cluster().nodeIndex();
        return plan.getSpec().moves().stream()
                .flatMap(move -> Stream.of(move.from(), move.to()))
                .filter(node -> nodes.containsKey(node) && !pool.nodes().get(nodes.get(node)))
                .findFirst()
                .map(node -> "The policy (%s) does not govern the node (%s) any more."
                        .formatted(pool.policy().name(), node))
                .orElse("");
    }

    private static List<MigrationPlan> ofPolicy(View view, String policy) {
        return view.snapshot().plans().stream()
                .filter(plan -> plan.getSpec().policy().equals(policy))
                .sorted(Comparator.comparing(plan -> plan.getMetadata().getCreationTimestamp()))
                .toList();
    }

    /** Whether a plan of the policy was written that the watch has not shown yet: no other may be made meanwhile. */
    boolean awaitsSight(View view, Pool pool) {
        view.snapshot().plans().forEach(plan -> unseen.remove(plan.getMetadata().getName()));
        unseen.values().removeIf(written -> written.plus(UNSEEN).isBefore(view.now()));
        return unseen.keySet().stream()
                .anyMatch(
                        name -> name.startsWith(PlanRecords.prefix(pool.policy().name())));
    }

    /** Writes what is proposed, unless a plan that waits already says about the same. */
    void record(View view, Pool pool, Proposal proposal, List<MigrationPlan> waiting) {
        if (proposal.isEmpty()) {
            waiting.forEach(plan -> supersede(view, plan, "Nothing is worth a move any more.", proposal));
            return;
        }
        SnapshotReference snapshot = reference(view, pool, proposal);
        for (MigrationPlan plan : waiting) {
            if (plan.getSpec().snapshot().digest().equals(snapshot.digest()) || !outdated(view, plan, proposal)) {
                return;
            }
        }
        if (rejected(view, pool, snapshot)) {
            return;
        }
        if (create(view, pool, proposal, snapshot)) {
            waiting.forEach(plan -> supersede(view, plan, "A newer plan took its place.", proposal));
        }
    }

    /** @return whether it was written; a plan of that name that nobody has seen yet is dealt with when it is seen */
    private boolean create(View view, Pool pool, Proposal proposal, SnapshotReference snapshot) {
        String name = PlanRecords.name(pool.policy().name(), snapshot.digest());
        return write(view, pool, proposal, named(view, pool, proposal, name));
    }

    /**
     * Writes the plan for a person's order, or finds it written.
     *
     * @param name of the first plan for the order
     * @return its name
     */
    String order(View view, Pool pool, Proposal proposal, String name) {
        MigrationPlan plan = named(view, pool, proposal, name);
        write(view, pool, proposal, plan);
        return plan.getMetadata().getName();
    }

    private MigrationPlan named(View view, Pool pool, Proposal proposal, String name) {
        MigrationPlan plan = PlanRecords.toResource(
                pool.policy().name(),
                proposal.plan(),
                new PlanRecords.Promise(proposal.before(), proposal.after()),
                reference(view, pool, proposal));
        plan.getMetadata().setOwnerReferences(List.of(PlanRecords.ownedBy(pool.policy())));
        plan.getMetadata()
                .setName(PlanRecords.unused(name, ofPolicy(view, pool.policy().name())));
        return plan;
    }

    /** @return whether it was written; a plan of that name that nobody has seen yet is dealt with when it is seen */
    private boolean write(View view, Pool pool, Proposal proposal, MigrationPlan plan) {
        unseen.put(plan.getMetadata().getName(), view.now());
        if (!store.create(plan)) {
            return false;
        }
        events.publish(
                Subject.of(view.policies().get(pool.policy().name())),
                PlanReason.PLAN_CREATED,
                "Plan",
                "Plan %s: %d moves, score %.0f to %.0f; the first: %s"
                        .formatted(
                                plan.getMetadata().getName(),
                                proposal.plan().moves().size(),
                                Math.floor(proposal.before().value()),
                                Math.floor(proposal.after().value()),
                                proposal.plan().moves().getFirst().why()));
        if (pool.policy().mode() == Policy.Mode.AUTOMATIC && !proposal.byPerson()) {
            approve(plan);
        }
        return true;
    }

    /** In the name of an Automatic policy; a plan that was written just before a crash is approved by the next process. */
    void approve(MigrationPlan plan) {
        store.approve(
                plan,
                new Approval(
                        ApprovalDecision.APPROVED,
                        null,
                        plan.getSpec().snapshot().digest(),
                        null));
    }

    private SnapshotReference reference(View view, Pool pool, Proposal proposal) {
        Map<String, Vm> vms = view.cluster().vms().stream()
                .collect(Collectors.toMap(Vm::uid, Function.identity(), (first, second) -> first));
        return PlanRecords.reference(
                proposal.plan(), pool.policy().uid(), move -> stateOf(vms.get(move.vmUid())), view.now());
    }

    private String stateOf(Vm vm) {
        var entries = histories.of(vm).entries();
        String last = entries.isEmpty() ? "" : entries.getLast().migration();
        return vm.instanceUid() + ":" + vm.node() + ":" + last;
    }

    /** A person said no to exactly this; it is not asked again until something about these virtual machines changes. */
    private static boolean rejected(View view, Pool pool, SnapshotReference snapshot) {
        return ofPolicy(view, pool.policy().name()).stream()
                .anyMatch(plan -> PlanStatuses.decided(plan, ApprovalDecision.REJECTED)
                        && plan.getSpec().snapshot().digest().equals(snapshot.digest()));
    }

    /** People who are about to approve a plan must not see it replaced for a trifle. */
    private static boolean outdated(View view, MigrationPlan plan, Proposal proposal) {
        boolean better = proposal.after().value() >= plan.getSpec().expected().scoreAfter() + MATERIAL_POINTS;
        boolean old = plan.getSpec().snapshot().time().plus(WAITS_UNCHANGED).isBefore(view.now());
        return better || old || impossible(view, plan);
    }

    /** One that follows others need not be possible yet. */
    static boolean impossible(View view, MigrationPlan plan) {
        for (Move move : PlanRecords.toExecution(plan).moves()) {
            if (move.after().isEmpty()
                    && MoveCheck.check(view.cluster(), view.active(), move) instanceof MoveCheck.Void) {
                return true;
            }
        }
        return false;
    }

    private void supersede(View view, MigrationPlan plan, String why, Proposal proposal) {
        end(view, plan, why, (int) Math.floor(proposal.before().value()));
    }

    /** Ends a plan of which nothing has begun. */
    void end(View view, MigrationPlan plan, String why) {
        end(view, plan, why, null);
    }

    private void end(View view, MigrationPlan plan, String why, @Nullable Integer score) {
        Execution ended = PlanRecords.toExecution(plan).endPending(MoveProgress.State.SKIPPED, view.now(), why);
        store.writeStatus(plan, PlanStatuses.of(plan, new PlanStatuses.Standing(ended, why, "", score), view.now()));
    }

    /** Ended plans are a record for people: the newest are kept, for a while. */
    void prune(View view, String policy) {
        List<MigrationPlan> ended = ofPolicy(view, policy).reversed().stream()
                .filter(PlanStatuses::ended)
                .toList();
        for (int i = 0; i < ended.size(); i++) {
            Instant created = Instant.parse(ended.get(i).getMetadata().getCreationTimestamp());
            if (i >= MOST_KEPT || created.plus(KEPT).isBefore(view.now())) {
                store.delete(ended.get(i));
            }
        }
    }
}

package dev.drover.cli.plan;

import dev.drover.dump.Dump;
import dev.drover.dump.Freedom;
import dev.drover.dump.Place;
import dev.drover.dump.PlanFile;
import dev.drover.dump.PlanFile.PolicyPlan;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Score;
import dev.drover.plan.Budget;
import dev.drover.plan.Move;
import dev.drover.plan.Plan;
import dev.drover.plan.PlanChecker;
import dev.drover.plan.Pools.Pool;
import dev.drover.reconcile.Rehearsal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the plans of a file against a dump: that they speak of what is there and of what may be moved, then every instant of them by the
 * independent checkers, then whether they keep what they promise.
 */
final class PlanReview {
    /** How many random courses are judged beside the planned one, with moves that fail. */
    private static final int COURSES = 20;

    /** Of a score, which is printed and read again. */
    private static final double ROUNDING = 1e-6;

    private final Dump dump;
    private final Rehearsal rehearsal;
    private final Cluster cluster;
    private final Map<VmId, Vm> vms = new HashMap<>();
    private final Set<VmId> moving;
    private final Map<VmId, String> movedBy = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();

    PlanReview(Dump dump) {
        this.dump = dump;
        rehearsal = new Rehearsal(dump);
        cluster = dump.cluster();
        cluster.vms().forEach(vm -> vms.put(vm.id(), vm));
        moving = cluster.migrations().stream()
                .filter(Migration::inFlight)
                .map(Migration::vm)
                .collect(Collectors.toSet());
    }

    /**
     * @param place of the list of plans in their file
     * @return sentences for a person; none when all plans are sound
     * @throws dev.drover.dump.BadFile when a plan is not readable
     */
    List<String> breaches(List<PolicyPlan> plans, Place place) {
        Set<String> policies = new HashSet<>();
        place.each(plans, (plan, at) -> {
            String policy = at.required(plan.policy(), "policy");
            if (!policies.add(policy)) {
                breaches.add("The policy (" + policy + ") has two plans.");
            }
            judge(policy, plan, PlanFile.moves(plan, at));
        });
        return List.copyOf(breaches);
    }

    private void judge(String policy, PolicyPlan written, List<Move> moves) {
        Optional<Pool> found = rehearsal.pools().pools().stream()
                .filter(pool -> pool.policy().name().equals(policy))
                .findFirst();
        if (found.isEmpty()) {
            breaches.add("The policy (" + policy + ") governs no node in the dump.");
            return;
        }
        Pool pool = found.get();
        int before = breaches.size();
        moves.forEach(move -> checkMove(pool, move));
        if (breaches.size() > before) {
            return;
        }
        Plan plan = new Plan(moves, List.of(), orZero(written.makespanSeconds()), orZero(written.lowerBoundSeconds()));
        Budget budget = pool.policy().budget();
        breaches.addAll(PlanChecker.check(cluster, rehearsal.active(), plan, budget));
        if (breaches.size() == before) {
            breaches.addAll(PlanChecker.checkCourses(cluster, rehearsal.active(), plan, budget, COURSES));
        }
        if (breaches.size() == before) {
            checkPromises(pool, written, moves);
        }
    }

    /** What must be so before anything can be said of instants. */
    private void checkMove(Pool pool, Move move) {
        Vm vm = vms.get(move.vm());
        if (vm == null) {
            breach(move, "the virtual machine (" + move.vm() + ") is not in the dump");
            return;
        }
        if (!vm.uid().equals(move.vmUid())) {
            breach(
                    move,
                    "(" + move.vm() + ") has the uid (" + vm.uid() + ") in the dump and (" + move.vmUid()
                            + ") in the plan");
        }
        String policy = pool.policy().name();
        String other = movedBy.putIfAbsent(move.vm(), policy);
        if (other != null && !other.equals(policy)) {
            breach(move, "(" + move.vm() + ") is moved by two policies, " + other + " and " + policy);
        }
        checkNode(pool, move, move.from());
        checkNode(pool, move, move.to());
        if (move.from().equals(move.to())) {
            breach(move, "it leads from (" + move.from() + ") to the same node");
        }
        String why = whyNotMoved(vm, move);
        if (!why.isEmpty()) {
            breach(move, "(" + move.vm() + ") may not be moved: " + why);
        }
    }

    private void checkNode(Pool pool, Move move, String node) {
        Integer index = cluster.nodeIndex().get(node);
        if (index == null) {
            breach(move, "the node (" + node + ") is not in the dump");
        } else if (!pool.nodes().get(index)) {
            breach(
                    move,
                    "the node (" + node + ") is not one of the policy ("
                            + pool.policy().name() + ")");
        }
    }

    private String whyNotMoved(Vm vm, Move move) {
        Freedom freedom = dump.freedomOf(vm.id());
        if (!vm.migratability().live()) {
            return "it cannot move live (" + vm.migratability().reason() + ")";
        }
        if (moving.contains(vm.id()) || vm.target() != null) {
            return "another migration of it is in flight";
        }
        if (freedom.avoids().contains(move.to())) {
            return "it failed to move to (" + move.to() + ")";
        }
        return switch (freedom.extent()) {
            case ALWAYS -> "";
            case FOR_REPAIR ->
                switch (move.reason()) {
                    case CONSTRAINT_REPAIR, MAKE_ROOM -> "";
                    case REQUESTED, BALANCE, FORECAST, CONSOLIDATION -> freedom.because();
                };
            case NEVER -> freedom.because().isEmpty() ? "the dump says so" : freedom.because();
        };
    }

    private void breach(Move move, String what) {
        breaches.add("Move " + move.id() + ": " + what + ".");
    }

    private void checkPromises(Pool pool, PolicyPlan written, List<Move> moves) {
        double bound = orZero(written.lowerBoundSeconds());
        double makespan = orZero(written.makespanSeconds());
        if (!(makespan >= bound * (1 - ROUNDING))) {
            breaches.add("The plan for %s promises to end in (%s) s, and says that no order is faster than (%s) s."
                    .formatted(pool.policy().name(), makespan, bound));
        }
        PlanFile.Score promised = written.after();
        if (promised != null) {
            Score kept = rehearsal.scoreAfter(Engines.ofTheOperator(), pool, moves);
            if (kept.violations() != promised.violations()
                    || !(Math.abs(kept.value() - promised.value()) <= ROUNDING * 100)) {
                breaches.add(
                        "The plan for %s promises the score (%.4f) with (%d) broken, and its moves lead to (%.4f) with (%d) broken."
                                .formatted(
                                        pool.policy().name(),
                                        promised.value(),
                                        promised.violations(),
                                        kept.value(),
                                        kept.violations()));
            }
        }
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}

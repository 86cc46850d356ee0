package dev.drover.plan;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says what {@link PlanChecker} has to say by asking all checkers about everything at each instant. */
final class PlainPlanChecker {
    private final Cluster cluster;
    private final List<Constraint> constraints;
    private final List<Move> moves;
    private final Budget budget;
    private final Breaches before;
    private final Set<String> faults = new LinkedHashSet<>();

    private PlainPlanChecker(Cluster cluster, List<Constraint> constraints, List<Move> moves, Budget budget) {
        this.cluster = cluster;
        this.constraints = constraints;
        this.moves = moves;
        this.budget = budget;
        before = Breaches.of(cluster, constraints, Occupancy.of(cluster), At.INSTANT);
    }

    /**
     * Judges the order in which the plan is meant to run, and for each move the instant at which everything that its dependencies
     * allow is in flight beside it, whatever the budget.
     *
     * @return sentences for a person; none for a sound plan
     */
    static List<String> check(Cluster cluster, List<Constraint> constraints, Plan plan, Budget budget) {
        PlainPlanChecker checker = new PlainPlanChecker(cluster, constraints, plan.moves(), budget);
        checker.faults.addAll(PlanShape.faults(cluster, checker.moves));
        if (checker.faults.isEmpty()) {
            checker.checkOrder();
            checker.checkWorstInstants();
        }
        return List.copyOf(checker.faults);
    }

    /** Judges as many random courses of the plan, of those that its dependencies and the budget allow, with moves that fail. */
    static List<String> checkCourses(
            Cluster cluster, List<Constraint> constraints, Plan plan, Budget budget, int courses) {
        PlainPlanChecker checker = new PlainPlanChecker(cluster, constraints, plan.moves(), budget);
        checker.faults.addAll(PlanShape.faults(cluster, checker.moves));
        for (int course = 0; course < courses && checker.faults.isEmpty(); course++) {
            checker.checkCourse(new SplittableRandom(course));
        }
        return List.copyOf(checker.faults);
    }

    private void checkOrder() {
        PlainReplay replay = new PlainReplay(cluster, moves, budget);
        while (!replay.pending().isEmpty() || !replay.running().isEmpty()) {
            List<Move> ready = replay.ready();
            if (!ready.isEmpty()) {
                start(replay, ready.getFirst(), "in the planned order");
            } else if (!replay.running().isEmpty()) {
                replay.end(replay.running().getFirst(), true);
                judge(replay.occupancy(), "in the planned order");
            } else {
                faults.add("Nothing can start any more: " + replay.pending());
                return;
            }
        }
        Breaches origin = Breaches.atRest(cluster, constraints, Occupancy.of(cluster));
        Breaches.atRest(cluster, constraints, replay.occupancy())
                .since(origin, constraints)
                .forEach(fault -> faults.add("After the plan: " + fault));
    }

    private void checkWorstInstants() {
        for (Move move : moves) {
            SortedMap<VmId, SortedSet<String>> copies = beside(move);
            refusals(new Occupancy(copies), move, "with all that may run beside it");
            copies.put(move.vm(), new TreeSet<>(new TreeSet<>(List.of(move.from(), move.to()))));
            judge(new Occupancy(copies), "Move " + move.id() + " with all that may run beside it");
        }
    }

    /** Right before this move: what it follows has ended, and whatever may run by then does. */
    private SortedMap<VmId, SortedSet<String>> beside(Move move) {
        Set<String> done = closure(move);
        SortedMap<VmId, SortedSet<String>> copies =
                new TreeMap<>(Occupancy.of(cluster).nodesOf());
        for (Move other : moves) {
            if (done.contains(other.id())) {
                copies.put(other.vm(), new TreeSet<>(Set.of(other.to())));
            } else if (done.containsAll(other.after()) && other != move) {
                copies.put(other.vm(), new TreeSet<>(List.of(other.from(), other.to())));
            }
        }
        return copies;
    }

    /** The moves that must have ended before this one may start. */
    private Set<String> closure(Move move) {
        Set<String> needed = new HashSet<>(move.after());
        for (Move earlier : moves.reversed()) {
            if (needed.contains(earlier.id())) {
                needed.addAll(earlier.after());
            }
        }
        return needed;
    }

    private void checkCourse(SplittableRandom random) {
        PlainReplay replay = new PlainReplay(cluster, moves, budget);
        String when = "in a course that the plan allows";
        while (faults.isEmpty()) {
            List<Move> ready = replay.ready();
            List<Move> running = replay.running();
            if (ready.isEmpty() && running.isEmpty()) {
                return;
            }
            if (running.isEmpty() || !ready.isEmpty() && random.nextBoolean()) {
                start(replay, ready.get(random.nextInt(ready.size())), when);
            } else {
                replay.end(running.get(random.nextInt(running.size())), random.nextInt(4) > 0);
                judge(replay.occupancy(), when);
            }
        }
    }

    private void start(PlainReplay replay, Move move, String when) {
        if (needsOthers(move)) {
            refusals(replay.occupancy(), move, when);
        }
        replay.start(move);
        judge(replay.occupancy(), "Move " + move.id() + " " + when);
    }

    /** Whether kube-scheduler could refuse it for what is missing; what is there to refuse it for is judged at the worst instant. */
    private boolean needsOthers(Move move) {
        return cluster.vms().stream()
                .filter(vm -> vm.id().equals(move.vm()))
                .anyMatch(vm -> !vm.scheduling().affinity().isEmpty()
                        || !vm.scheduling().spreads().isEmpty());
    }

    private void refusals(Occupancy occupancy, Move move, String when) {
        for (String refusal : NativeTermsChecker.refusals(cluster, occupancy, move.vm(), move.to())) {
            faults.add("Move " + move.id() + " " + when + ": kube-scheduler refuses (" + move.to() + "): " + refusal);
        }
    }

    private void judge(Occupancy occupancy, String when) {
        Breaches.of(cluster, constraints, occupancy, At.INSTANT)
                .since(before, constraints)
                .forEach(fault -> faults.add(when + ": " + fault));
    }
}

package dev.drover.plan;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Replays a plan with the independent checkers and says what is wrong with it at any instant (P2, P4, P5). It shares no code with
 * {@link Planner} or the solver. What is broken before the plan is tolerated, unless it gets worse.
 */
public final class PlanChecker {
    private final Cluster cluster;
    private final List<Constraint> constraints;
    private final List<Move> moves;
    private final Budget budget;
    private final Instants instants;
    private final Map<VmId, Set<String>> beginning = new HashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    private PlanChecker(Cluster cluster, List<Constraint> constraints, List<Move> moves, Budget budget) {
        this.cluster = cluster;
        this.constraints = constraints;
        this.moves = moves;
        this.budget = budget;
        instants = new Instants(cluster, constraints);
        moves.forEach(move -> beginning.put(move.vm(), instants.nodes(move.vm())));
    }

    /**
     * Judges the order in which the plan is meant to run, and for each move the instant at which everything that its dependencies
     * allow is in flight beside it, whatever the budget.
     *
     * @return sentences for a person; none for a sound plan
     */
    public static List<String> check(Cluster cluster, List<Constraint> constraints, Plan plan, Budget budget) {
        PlanChecker checker = new PlanChecker(cluster, constraints, plan.moves(), budget);
        checker.faults.addAll(PlanShape.faults(cluster, checker.moves));
        if (checker.faults.isEmpty()) {
            checker.checkOrder();
            checker.checkWorstInstants();
        }
        return List.copyOf(checker.faults);
    }

    /** Judges as many random courses of the plan, of those that its dependencies and the budget allow, with moves that fail. */
    public static List<String> checkCourses(
            Cluster cluster, List<Constraint> constraints, Plan plan, Budget budget, int courses) {
        PlanChecker checker = new PlanChecker(cluster, constraints, plan.moves(), budget);
        checker.faults.addAll(PlanShape.faults(cluster, checker.moves));
        for (int course = 0; course < courses && checker.faults.isEmpty(); course++) {
            checker.checkCourse(new SplittableRandom(course));
        }
        return List.copyOf(checker.faults);
    }

    private void checkOrder() {
        PlanReplay replay = new PlanReplay(moves, budget);
        while (!replay.pending().isEmpty() || !replay.running().isEmpty()) {
            List<Move> ready = replay.ready();
            if (!ready.isEmpty()) {
                start(replay, ready.getFirst(), "in the planned order");
            } else if (!replay.running().isEmpty()) {
                end(replay, replay.running().getFirst(), true, "in the planned order");
            } else {
                faults.add("Nothing can start any more: " + replay.pending());
                return;
            }
        }
        Breaches origin = Breaches.atRest(cluster, constraints, Occupancy.of(cluster));
        Breaches.atRest(cluster, constraints, instants.occupancy())
                .since(origin, constraints)
                .forEach(fault -> faults.add("After the plan: " + fault));
    }

    private void checkWorstInstants() {
        for (Move move : moves) {
            beside(move).forEach(instants::put);
            refusals(move, "with all that may run beside it");
            instants.put(move.vm(), bothEnds(move));
            judge("Move " + move.id() + " with all that may run beside it");
        }
    }

    /** Where all that the plan moves is right before this move: what it follows has ended, and whatever may run by then does. */
    private Map<VmId, Set<String>> beside(Move move) {
        Set<String> done = closure(move);
        Map<VmId, Set<String>> copies = new HashMap<>(beginning);
        for (Move other : moves) {
            if (done.contains(other.id())) {
                copies.put(other.vm(), Set.of(other.to()));
            } else if (done.containsAll(other.after()) && other != move) {
                copies.put(other.vm(), bothEnds(other));
            }
        }
        return copies;
    }

    private static Set<String> bothEnds(Move move) {
        return new HashSet<>(List.of(move.from(), move.to()));
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
        PlanReplay replay = new PlanReplay(moves, budget);
        beginning.forEach(instants::put);
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
                end(replay, running.get(random.nextInt(running.size())), random.nextInt(4) > 0, when);
            }
        }
    }

    private void start(PlanReplay replay, Move move, String when) {
        // What is there to refuse it for is judged at the worst instant.
        if (instants.needsOthers(move.vm())) {
            refusals(move, when);
        }
        replay.start(move);
        instants.put(move.vm(), bothEnds(move));
        judge("Move " + move.id() + " " + when);
    }

    private void end(PlanReplay replay, Move move, boolean success, String when) {
        replay.end(move, success);
        instants.put(move.vm(), Set.of(success ? move.to() : move.from()));
        judge(when);
    }

    private void refusals(Move move, String when) {
        for (String refusal : instants.refusals(move.vm(), move.to())) {
            faults.add("Move " + move.id() + " " + when + ": kube-scheduler refuses (" + move.to() + "): " + refusal);
        }
    }

    private void judge(String when) {
        instants.news().forEach(fault -> faults.add(when + ": " + fault));
    }
}

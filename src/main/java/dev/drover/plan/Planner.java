package dev.drover.plan;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import dev.drover.placement.Reservations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts relocations in an order that holds every constraint at each instant and keeps the budget. Safe for threads. */
public final class Planner {
    private static final int URGENT = 1;
    private static final int ORDINARY = 3;

    /**
     * @param constraints that are to be acted on: without those that conflict with older ones
     * @param relocations at most one for each virtual machine; where no faster order is found, this one is tried
     * @param stopOvers indexes of the nodes where one may be parked to break a cycle: those of the policy
     * @return a plan whose moves may start in any order, any number at a time and with any of them failing, as long as each follows
     *     those that it names in {@code after}; what cannot be ordered so is refused
     */
    public Plan plan(
            Cluster cluster,
            List<Constraint> constraints,
            List<Relocation> relocations,
            Budget budget,
            BitSet stopOvers) {
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        List<Plan.Refusal> refused = new ArrayList<>();
        List<Relocation> wanted = new ArrayList<>(relocations);
        while (true) {
            Ordering ordering = order(cluster, rules, wanted, budget, stopOvers);
            refused.addAll(ordering.refused());
            List<Relocation> done = ordering.done(wanted);
            List<Relocation> spoiled = leavingBreaches(cluster, constraints, done);
            if (spoiled.isEmpty() && !ordering.strands()) {
                return new Plan(ordering.moves(), refused, ordering.makespan(), ordering.lowerBound());
            }
            wanted = new ArrayList<>(done);
            wanted.removeAll(spoiled);
            spoiled.forEach(relocation -> refused.add(new Plan.Refusal(
                    relocation.vm(),
                    relocation.from(),
                    relocation.to(),
                    "Without others that cannot move it would leave a constraint broken once nothing moves.")));
        }
    }

    private record Ordering(List<Move> moves, List<Plan.Refusal> refused, double makespan, double lowerBound) {
        /** Those that are not refused. */
        List<Relocation> done(List<Relocation> wanted) {
            Set<VmId> left = new HashSet<>();
            refused.forEach(refusal -> left.add(refusal.vm()));
            List<Relocation> done = new ArrayList<>(wanted);
            done.removeIf(relocation -> left.contains(relocation.vm()));
            return done;
        }

        /** Whether one that is refused would be left at a stop-over. */
        boolean strands() {
            Set<VmId> moved = new HashSet<>();
            moves.forEach(move -> moved.add(move.vm()));
            return refused.stream().anyMatch(refusal -> moved.contains(refusal.vm()));
        }
    }

    private static Ordering order(
            Cluster cluster, CompiledRules rules, List<Relocation> relocations, Budget budget, BitSet stopOvers) {
        Map<VmId, Integer> vms = cluster.vmIndex();
        Map<String, Integer> nodes = cluster.nodeIndex();
        Map<Integer, Relocation> relocationOf = new HashMap<>();
        List<Schedule.Task> tasks = new ArrayList<>();
        for (Relocation relocation : relocations) {
            int vm = known(vms, relocation.vm(), "virtual machine");
            relocationOf.put(vm, relocation);
            tasks.add(new Schedule.Task(
                    vm,
                    known(nodes, relocation.from(), "node"),
                    known(nodes, relocation.to(), "node"),
                    relocation.reason() == Relocation.Reason.CONSTRAINT_REPAIR ? URGENT : ORDINARY,
                    MigrationPricing.seconds(cluster.vms().get(vm)),
                    false));
        }
        Reservations now = new Reservations(cluster, rules);
        Schedule schedule = new Schedule(tasks, stopOvers, budget, now, new Reservations(cluster, rules));
        schedule.run();
        if (!schedule.waiting().isEmpty()) {
            Reservations again = new Reservations(cluster, rules);
            Schedule listed =
                    new Schedule(tasks, stopOvers, budget, again, new Reservations(cluster, rules)).inOrder(tasks);
            listed.run();
            if (listed.waiting().isEmpty()) {
                schedule = listed;
            }
        }
        List<Plan.Refusal> refused = new ArrayList<>();
        schedule.waiting()
                .forEach(task -> refused.add(refusal(relocationOf.get(task.vm()), now.obstacle(task.vm(), task.to()))));
        schedule.entangled().forEach(task -> refused.add(entangled(relocationOf.get(task.vm()))));
        return new Ordering(
                moves(cluster, schedule.started(), relocationOf),
                refused,
                schedule.makespan(),
                LowerBound.of(schedule.started(), budget));
    }

    private static <K> int known(Map<K, Integer> index, K key, String what) {
        Integer found = index.get(key);
        if (found == null) {
            throw new IllegalArgumentException(
                    "The %s (%s) of a relocation is not in the cluster. Plan on the snapshot that it came from."
                            .formatted(what, key));
        }
        return found;
    }

    private static Plan.Refusal entangled(Relocation relocation) {
        String why = "It would have to follow more than (" + Move.MOST_AFTER + ") other moves; a later plan moves it.";
        return new Plan.Refusal(relocation.vm(), relocation.from(), relocation.to(), why);
    }

    private static Plan.Refusal refusal(Relocation relocation, String obstacle) {
        String why = "No order of moves brings it to (" + relocation.to() + "): "
                + (obstacle.isEmpty() ? "another migration of it is in flight" : obstacle);
        return new Plan.Refusal(relocation.vm(), relocation.from(), relocation.to(), why);
    }

    private static List<Move> moves(
            Cluster cluster, List<Schedule.Start> starts, Map<Integer, Relocation> relocationOf) {
        List<Move> moves = new ArrayList<>();
        for (Schedule.Start start : starts) {
            Schedule.Task task = start.task();
            Relocation relocation = relocationOf.get(task.vm());
            moves.add(new Move(
                    "m" + moves.size(),
                    relocation.vm(),
                    cluster.vms().get(task.vm()).uid(),
                    cluster.nodes().get(task.from()).name(),
                    cluster.nodes().get(task.to()).name(),
                    start.after().stream().map(index -> "m" + index).toList(),
                    relocation.reason(),
                    task.parks() ? "stops over to make room; then " + relocation.why() : relocation.why(),
                    task.priority(),
                    task.parks() ? 0 : relocation.gain(),
                    task.seconds()));
        }
        return moves;
    }

    /** Those whose virtual machine is, once nothing moves, in a breach that is not there now. */
    private static List<Relocation> leavingBreaches(
            Cluster cluster, List<Constraint> constraints, List<Relocation> done) {
        Occupancy end = Occupancy.of(cluster);
        for (Relocation relocation : done) {
            end = end.with(relocation.vm(), Set.of(relocation.to()));
        }
        Breaches before = Breaches.atRest(cluster, constraints, Occupancy.of(cluster));
        Breaches after = Breaches.atRest(cluster, constraints, end);
        if (after.since(before, constraints).isEmpty()) {
            return List.of();
        }
        Set<VmId> broken = new HashSet<>();
        after.violations().forEach(violation -> broken.add(violation.vm()));
        List<Relocation> spoiled = new ArrayList<>(done);
        spoiled.removeIf(relocation -> !broken.contains(relocation.vm()));
        return spoiled.isEmpty() ? List.copyOf(done) : spoiled;
    }
}

package dev.drover.plan;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts relocations in an order that holds every constraint at each instant and keeps the budget. Safe for threads. */
public final class Planner {
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
        Orderer orderer = new Orderer(cluster, ConstraintCompiler.compile(cluster, constraints), budget, stopOvers);
        List<Plan.Refusal> refused = new ArrayList<>();
        List<Relocation> wanted = new ArrayList<>(relocations);
        while (true) {
            Ordering ordering = Ordering.of(cluster, wanted, orderer);
            refused.addAll(ordering.refused());
            List<Relocation> done = ordering.done();
            List<Relocation> spoiled = leavingBreaches(cluster, constraints, done);
            if (spoiled.isEmpty() && ordering.isComplete()) {
                return new Plan(ordering.moves(), refused, ordering.makespan(), ordering.lowerBound());
            }
            wanted = new ArrayList<>(done);
            wanted.removeAll(spoiled);
            spoiled.forEach(relocation -> refused.add(Plan.Refusal.of(
                    relocation,
                    "Without others that cannot move it would leave a constraint broken once nothing moves.")));
        }
    }

    /** Those whose virtual machine is, once nothing moves, in a breach that is not there now. */
    private static List<Relocation> leavingBreaches(
            Cluster cluster, List<Constraint> constraints, List<Relocation> done) {
        Occupancy now = Occupancy.of(cluster);
        Map<VmId, Set<String>> ends = new HashMap<>();
        done.forEach(relocation -> ends.put(relocation.vm(), Set.of(relocation.to())));
        Breaches before = Breaches.atRest(cluster, constraints, now);
        Breaches after = Breaches.atRest(cluster, constraints, now.with(ends));
        if (after.since(before, constraints).isEmpty()) {
            return List.of();
        }
        Set<VmId> broken = after.vms();
        List<Relocation> spoiled = new ArrayList<>(done);
        spoiled.removeIf(relocation -> !broken.contains(relocation.vm()));
        return spoiled.isEmpty() ? List.copyOf(done) : spoiled;
    }
}

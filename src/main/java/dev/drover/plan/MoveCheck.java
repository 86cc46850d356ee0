package dev.drover.plan;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether one move of a plan may start in the world as it is now: what is asked on the newest snapshot, right before the action. The
 * independent checkers answer it, with both copies counted (P4, P5).
 */
public sealed interface MoveCheck {
    /** It may start now. */
    record Ready() implements MoveCheck {}

    /** It may become ready: something is still in the way that is about to end. */
    record Waits(String why) implements MoveCheck {}

    /** The world has changed: it will not become ready, and is to be planned again. */
    record Void(String why) implements MoveCheck {}

    /** Judges one move by what must hold at each instant. */
    static MoveCheck check(Cluster now, List<Constraint> constraints, Move move) {
        return check(now, constraints, move, List.of());
    }

    /**
     * @param remaining the moves of the plan that have not begun; when there are any, they and what is in flight must not leave a
     *     constraint broken at rest that holds now
     */
    static MoveCheck check(Cluster now, List<Constraint> constraints, Move move, List<Move> remaining) {
        Optional<Vm> found = now.vms().stream()
                .filter(vm -> vm.uid().equals(move.vmUid()) && vm.id().equals(move.vm()))
                .findFirst();
        if (found.isEmpty()) {
            return new Void("The virtual machine (" + move.vm() + ") is gone.");
        }
        Vm vm = found.get();
        if (!move.from().equals(vm.node())) {
            return new Void("The virtual machine (%s) runs on (%s), no longer on (%s)."
                    .formatted(move.vm(), vm.node() == null ? "no node" : vm.node(), move.from()));
        }
        if (vm.target() != null || isMigrating(now, vm.id())) {
            return new Waits("Another migration of (" + move.vm() + ") is in flight.");
        }
        if (!vm.migratability().live()) {
            return new Void("The virtual machine (%s) cannot move live: %s."
                    .formatted(move.vm(), vm.migratability().reason()));
        }
        Optional<Node> target = now.nodes().stream()
                .filter(node -> node.name().equals(move.to()))
                .findFirst();
        if (target.isEmpty() || !target.get().ready() || target.get().cordoned()) {
            return new Void("The target node (" + move.to() + ") is gone, not ready or cordoned.");
        }
        return judge(now, constraints, move, remaining);
    }

    private static MoveCheck judge(Cluster now, List<Constraint> constraints, Move move, List<Move> remaining) {
        Occupancy before = Occupancy.of(now);
        Occupancy during = before.with(move.vm(), Set.of(move.from(), move.to()));
        Breaches old = Breaches.of(now, constraints, before, At.INSTANT);
        List<String> obstacles = new ArrayList<>(
                Breaches.of(now, constraints, during, At.INSTANT).since(old, constraints));
        obstacles.addAll(NativeTermsChecker.refusals(now, before, move.vm(), move.to()));
        if (!obstacles.isEmpty()) {
            String why = "The node (" + move.to() + ") cannot take it: " + obstacles.getFirst();
            return isUnsettled(now, move.to()) ? new Waits(why) : new Void(why);
        }
        List<String> broken = remaining.isEmpty() ? List.of() : atRest(now, constraints, move, remaining);
        return broken.isEmpty() ? new Ready() : new Void("The plan would end in a breach: " + broken.getFirst());
    }

    /** What would be broken once the rest of the plan and everything in flight have ended. */
    private static List<String> atRest(Cluster now, List<Constraint> constraints, Move move, List<Move> remaining) {
        Occupancy before = Occupancy.of(now);
        Map<VmId, Set<String>> ends = new HashMap<>();
        ends.put(move.vm(), Set.of(move.to()));
        remaining.forEach(other -> ends.put(other.vm(), Set.of(other.to())));
        Breaches old = Breaches.atRest(now, constraints, before);
        return Breaches.atRest(now, constraints, before.with(ends)).since(old, constraints);
    }

    private static boolean isMigrating(Cluster now, VmId vm) {
        return now.migrations().stream()
                .anyMatch(migration -> migration.inFlight() && migration.vm().equals(vm));
    }

    /** Whether something may still leave the node or the rules' domains: a migration in flight, or a pod that is being deleted there. */
    private static boolean isUnsettled(Cluster now, String node) {
        return now.migrations().stream().anyMatch(Migration::inFlight)
                || now.vms().stream().anyMatch(vm -> vm.target() != null)
                || now.pods().stream().filter(Pod::terminating).anyMatch(pod -> node.equals(pod.node()));
    }
}

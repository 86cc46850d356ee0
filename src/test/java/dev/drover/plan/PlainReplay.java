package dev.drover.plan;

import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A plan that is carried out move by move, with everything found anew at each step. */
final class PlainReplay {
    enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    private final Budget budget;
    private final Map<String, Move> moves = new LinkedHashMap<>();
    private final Map<String, Phase> phases = new HashMap<>();
    private Occupancy occupancy;

    PlainReplay(Cluster cluster, List<Move> moves, Budget budget) {
        this.budget = budget;
        occupancy = Occupancy.of(cluster);
        for (Move move : moves) {
            this.moves.put(move.id(), move);
            phases.put(move.id(), Phase.PENDING);
        }
    }

    Occupancy occupancy() {
        return occupancy;
    }

    /** Moves that may start now, in the order of the plan. */
    List<Move> ready() {
        return moves.values().stream()
                .filter(move -> phases.get(move.id()) == Phase.PENDING && unblocked(move) && hasSlot(move))
                .toList();
    }

    /** Whether all moves that it follows have succeeded. */
    boolean unblocked(Move move) {
        return move.after().stream().allMatch(id -> phases.get(id) == Phase.SUCCEEDED);
    }

    List<Move> running() {
        return moves.values().stream()
                .filter(move -> phases.get(move.id()) == Phase.RUNNING)
                .toList();
    }

    /** Moves that have not begun, whether they may start or not. */
    List<Move> pending() {
        List<Move> pending = new ArrayList<>(moves.values());
        pending.removeIf(move -> phases.get(move.id()) != Phase.PENDING);
        return pending;
    }

    private boolean hasSlot(Move move) {
        List<Move> running = running();
        long leaving = running.stream()
                .filter(other -> other.from().equals(move.from()))
                .count();
        long entering =
                running.stream().filter(other -> other.to().equals(move.to())).count();
        return running.size() < budget.maxConcurrent()
                && leaving < budget.perSourceNode()
                && entering < budget.perTargetNode();
    }

    void start(Move move) {
        phases.put(move.id(), Phase.RUNNING);
        occupancy = occupancy.with(move.vm(), new TreeSet<>(List.of(move.from(), move.to())));
    }

    void end(Move move, boolean success) {
        phases.put(move.id(), success ? Phase.SUCCEEDED : Phase.FAILED);
        occupancy = occupancy.with(move.vm(), Set.of(success ? move.to() : move.from()));
    }
}

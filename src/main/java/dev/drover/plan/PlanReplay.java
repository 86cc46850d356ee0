package dev.drover.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which moves of a plan that is carried out may start, within its dependencies and budget. Not safe for threads. */
final class PlanReplay {
    enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    private final Budget budget;
    private final Map<String, Move> moves = new LinkedHashMap<>();
    private final Map<String, Phase> phases = new HashMap<>();

    PlanReplay(List<Move> moves, Budget budget) {
        this.budget = budget;
        for (Move move : moves) {
            this.moves.put(move.id(), move);
            phases.put(move.id(), Phase.PENDING);
        }
    }

    /** Moves that may start now, in the order of the plan. */
    List<Move> ready() {
        List<Move> running = running();
        if (running.size() >= budget.maxConcurrent()) {
            return List.of();
        }
        return moves.values().stream()
                .filter(move -> phases.get(move.id()) == Phase.PENDING && hasSlot(move, running) && unblocked(move))
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

    private boolean hasSlot(Move move, List<Move> running) {
        int leaving = 0;
        int entering = 0;
        for (Move other : running) {
            leaving += other.from().equals(move.from()) ? 1 : 0;
            entering += other.to().equals(move.to()) ? 1 : 0;
        }
        return leaving < budget.perSourceNode() && entering < budget.perTargetNode();
    }

    void start(Move move) {
        phases.put(move.id(), Phase.RUNNING);
    }

    void end(Move move, boolean success) {
        phases.put(move.id(), success ? Phase.SUCCEEDED : Phase.FAILED);
    }
}

package dev.drover.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Frees nodes: all virtual machines of the least pressed node go to others in use, each to the most pressed one that is still served
 * with it, or none goes. After the third step of Beloglazov and Buyya, "Optimal online deterministic algorithms and adaptive heuristics
 * for energy and performance efficient dynamic consolidation of virtual machines" (2012). Not safe for threads.
 */
final class Vacating {
    private final Arrangement at;
    private final Worth worth;
    private final PressureOrder pressures;
    private final int maxMoves;
    private final BitSet tried = new BitSet();

    Vacating(Arrangement at, Worth worth, PressureOrder pressures) {
        this.at = at;
        this.worth = worth;
        this.pressures = pressures;
        maxMoves = at.instance.goal().maxMoves();
    }

    /** Whether a node was freed. */
    boolean run() {
        boolean changed = false;
        for (int node = next(); node >= 0; node = next()) {
            tried.set(node);
            changed |= vacates(node);
        }
        return changed;
    }

    /** The least pressed node in use that was not tried, or -1. */
    private int next() {
        return at.load.scope().stream()
                .filter(node -> at.load.isInUse(node) && !tried.get(node))
                .boxed()
                .min(Comparator.comparingDouble(at.load::pressure))
                .orElse(-1);
    }

    private boolean vacates(int node) {
        List<Integer> vms = at.on(node)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer vm) -> -at.load.need(vm))
                        .thenComparing(vm -> vm))
                .toList();
        if (!vms.stream().allMatch(at.movable()::get)) {
            return false;
        }
        Cost before = at.cost();
        List<Change> made = new ArrayList<>();
        for (int vm : vms) {
            fill(vm, node).ifPresent(made::add);
            if (made.isEmpty() || made.getLast().vms()[0] != vm) {
                break;
            }
        }
        if (made.size() == vms.size() && at.moves() <= maxMoves && worth.justifies(before, at.cost())) {
            return true;
        }
        made.reversed().forEach(change -> change.undo(at));
        return false;
    }

    /** Puts a virtual machine on the most pressed node in use, other than its own, that takes it and is not too full with it. */
    private Optional<Change> fill(int vm, int node) {
        double contention = at.load.contention();
        int[] targets = pressures.now().clone();
        for (int place = targets.length - 1; place >= 0; place--) {
            int target = targets[place];
            if (target != node && at.load.isInUse(target)) {
                Change change = Change.shift(at, vm, target);
                if (change.make(at)) {
                    if (at.load.contention() <= contention + Cost.ROUNDING) {
                        return Optional.of(change);
                    }
                    change.undo(at);
                }
            }
        }
        return Optional.empty();
    }
}

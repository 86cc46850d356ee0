package dev.drover.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Parts two sides in all domains at once where they meet although a rule keeps them apart: what one domain was mended by may stand where all
 * of the other side would find room. Those of the rule that were moved go home first; then all of one side leave the domains that are
 * broken, each to the least pressed node that admits it. Tried last, and taken when less is broken. Not safe for threads.
 */
final class Parting {
    private final Arrangement at;
    private final int[] targets;
    private final int maxMoves;

    /** @param targets the nodes that may be entered, the least pressed first */
    Parting(Arrangement at, int[] targets) {
        this.at = at;
        this.targets = targets.clone();
        maxMoves = at.instance.goal().maxMoves();
    }

    /** Whether less is broken now. */
    boolean run() {
        return IntStream.range(0, at.rules())
                .anyMatch(rule -> at.rule(rule) instanceof SeparationCounter separation
                        && separation.origin.repair()
                        && separation.breaches() > 0
                        && separation.sides().stream().anyMatch(side -> parts(separation, side)));
    }

    private boolean parts(SeparationCounter separation, BitSet side) {
        int violations = at.violations();
        List<Change> made = new ArrayList<>();
        separation.concerned().stream()
                .filter(vm -> at.movable().get(vm) && at.moved(vm))
                .forEach(vm -> make(Change.shift(at, vm, at.home(vm)), made));
        side.stream()
                .filter(vm -> at.movable().get(vm) && separation.blames(vm, at.node(vm)))
                .forEach(vm -> away(separation, vm).ifPresent(change -> make(change, made)));
        if (at.violations() < violations && at.moves() <= maxMoves) {
            return true;
        }
        made.reversed().forEach(change -> change.undo(at));
        return false;
    }

    private Optional<Change> away(SeparationCounter separation, int vm) {
        int left = separation.domain(at.node(vm));
        return IntStream.of(targets)
                .filter(node -> separation.domain(node) != left && at.admits(vm, node))
                .mapToObj(node -> Change.shift(at, vm, node))
                .findFirst();
    }

    private void make(Change change, List<Change> made) {
        if (change.make(at)) {
            made.add(change);
        }
    }
}

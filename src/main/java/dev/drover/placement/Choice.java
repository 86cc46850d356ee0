package dev.drover.placement;

import org.jspecify.annotations.Nullable;

/** The best change seen so far of those that are worth their migrations. Of equal ones the first is kept. Not safe for threads. */
final class Choice {
    private final Arrangement at;
    private final Worth worth;
    private final Cost before;
    private @Nullable Change change;
    private Cost cost;

    Choice(Arrangement at, Worth worth) {
        this.at = at;
        this.worth = worth;
        before = at.cost();
        cost = before;
    }

    /** Tries a change and leaves the arrangement as it was; false when the change cannot be made. */
    boolean offer(Change offered, int maxMoves) {
        if (!offered.make(at)) {
            return false;
        }
        Cost with = at.cost();
        if (at.moves() <= maxMoves && worth.justifies(before, with) && (change == null || worth.better(with, cost))) {
            change = offered;
            cost = with;
        }
        offered.undo(at);
        return true;
    }

    /** Makes the chosen change; false when there is none. */
    boolean make() {
        return change != null && change.make(at);
    }
}

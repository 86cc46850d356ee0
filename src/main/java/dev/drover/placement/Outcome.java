package dev.drover.placement;

import java.util.List;

/**
 * What the engine proposes. All moves of every outcome can be made, in the order that {@code dev.drover.plan.Planner} finds.
 *
 * <p>None says that the rules cannot hold: a search that looks at the neighbourhood proves nothing of the kind. Rules that contradict
 * each other are found, with the proof, by {@link dev.drover.constraint.ConflictFinder} and never reach an engine; one that stays
 * broken for want of room shows in {@link Score#violations}.
 */
public sealed interface Outcome {
    Score before();

    /** Nothing is worth a move, or nothing can be moved; rules may be broken all the same. */
    record AlreadyGood(Score before) implements Outcome {}

    /** @param relocations never empty; at most one for each virtual machine; each fits once all before it have ended */
    record Improved(Score before, Score after, List<Relocation> relocations) implements Outcome {
        public Improved {
            relocations = List.copyOf(relocations);
        }
    }

    /** The best found when the time ran out, possibly nothing. */
    record TimedOut(Score before, Score after, List<Relocation> relocations) implements Outcome {
        public TimedOut {
            relocations = List.copyOf(relocations);
        }
    }

    default List<Relocation> moves() {
        return switch (this) {
            case AlreadyGood good -> List.of();
            case Improved improved -> improved.relocations();
            case TimedOut timedOut -> timedOut.relocations();
        };
    }
}

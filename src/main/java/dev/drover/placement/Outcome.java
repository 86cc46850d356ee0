package dev.drover.placement;

import dev.drover.constraint.Conflict;
import java.util.List;

/** What the engine proposes. All moves of every outcome can be made, in the order that {@code dev.drover.plan.Planner} finds. */
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

    /**
     * Not all rules can hold as things are, and that is proven. Rules that can never hold together do not reach an engine
     * ({@link dev.drover.constraint.ConflictFinder}); these could, if it were not for the room that is left, for closed nodes or for those that may
     * not be moved now. That a rule stays broken ({@link Score#violations}) in another outcome says that the search found no way, not
     * that there is none.
     *
     * @param relocations what can be mended all the same, possibly nothing; as those of {@link Improved}
     * @param conflict the minimal set
     */
    record Infeasible(Score before, Score after, List<Relocation> relocations, Conflict conflict) implements Outcome {
        public Infeasible {
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
            case Infeasible infeasible -> infeasible.relocations();
            case TimedOut timedOut -> timedOut.relocations();
        };
    }

    /** The score once all moves are made. */
    default Score after() {
        return switch (this) {
            case AlreadyGood good -> good.before();
            case Improved improved -> improved.after();
            case Infeasible infeasible -> infeasible.after();
            case TimedOut timedOut -> timedOut.after();
        };
    }
}

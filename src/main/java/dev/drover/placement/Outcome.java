package dev.drover.placement;

import dev.drover.constraint.Conflict;
import java.util.List;

/** What the engine proposes. Every outcome is safe to act on as it stands. */
public sealed interface Outcome {
    Score before();

    /** Nothing is worth a move. */
    record AlreadyGood(Score before) implements Outcome {}

    /** @param relocations never empty; at most one for each virtual machine */
    record Improved(Score before, Score after, List<Relocation> relocations) implements Outcome {
        public Improved {
            relocations = List.copyOf(relocations);
        }
    }

    /** No placement satisfies these constraints; what was gained besides is in {@code relocations}, possibly empty. */
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
}

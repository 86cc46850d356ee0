package dev.drover.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one move of a plan is.
 *
 * @param migration the VirtualMachineInstanceMigration that carries it out; null before it was started
 * @param message why it waits, failed or was skipped; empty when there is nothing to say
 */
public record MoveProgress(
        String id,
        State state,
        @Nullable String migration,
        @Nullable Instant started,
        @Nullable Instant finished,
        String message) {

    public enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED,
        ABORTED;

        /** A move begins and ends, and never goes back. */
        boolean isBeyond(State other) {
            return other == PENDING && this != PENDING || other == RUNNING && ended();
        }

        public boolean ended() {
            return switch (this) {
                case PENDING, RUNNING -> false;
                case SUCCEEDED, FAILED, SKIPPED, ABORTED -> true;
            };
        }
    }

    public static MoveProgress pending(String id) {
        return new MoveProgress(id, State.PENDING, null, null, null, "");
    }

    public MoveProgress running(String migration, Instant since) {
        return new MoveProgress(id, State.RUNNING, migration, since, null, "");
    }

    public MoveProgress ended(State how, Instant when, String why) {
        return new MoveProgress(id, how, migration, started, when, why);
    }

    public MoveProgress waiting(String why) {
        return new MoveProgress(id, state, migration, started, finished, why);
    }
}

package dev.drover.plan;

import dev.drover.model.Migration;
import java.time.Duration;
import java.time.Instant;

/** Whether a migration of ours has been in its phase for longer than the policy allows. KubeVirt has no time-out for most phases. */
public final class PhaseDeadline {

    private PhaseDeadline() {}

    /** Seconds that it is over its deadline; negative while it has time left. Only for migrations in flight. */
    public static long secondsOver(Migration migration, Policy.Deadlines deadlines, Instant now) {
        Duration allowed =
                switch (migration.phase()) {
                    case UNSET, PENDING, UNKNOWN -> deadlines.pending();
                    case SCHEDULING -> deadlines.scheduling();
                    case SCHEDULED, PREPARING_TARGET, TARGET_READY -> deadlines.preparing();
                    case RUNNING -> deadlines.running();
                    case SUCCEEDED, FAILED ->
                        throw new IllegalArgumentException(
                                "The migration (" + migration.name() + ") has ended. Ask only for those in flight.");
                };
        return Duration.between(migration.phaseSince(), now).minus(allowed).toSeconds();
    }
}

package dev.drover.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One VirtualMachineInstanceMigration.
 *
 * @param source null until KubeVirt has written it
 * @param target the node of the target pod, or the one it is bound for by its node selector; null while unknown
 * @param ours Drover created it
 */
public record Migration(
        String name,
        String uid,
        VmId vm,
        Phase phase,
        @Nullable String source,
        @Nullable String target,
        boolean ours,
        Instant created) {
    /** KubeVirt's phases. A phase that this version does not know is {@code UNKNOWN} and counts as in flight. */
    public enum Phase {
        UNSET,
        PENDING,
        SCHEDULING,
        SCHEDULED,
        PREPARING_TARGET,
        TARGET_READY,
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }

    public boolean inFlight() {
        return phase != Phase.SUCCEEDED && phase != Phase.FAILED;
    }
}

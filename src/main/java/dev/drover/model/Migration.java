package dev.drover.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One VirtualMachineInstanceMigration.
 *
 * @param source null until KubeVirt has written it
 * @param target the node of the target pod, or the one it is bound for by its node selector; null while unknown
 * @param ours Drover created it
 * @param move {@code plan/id} of the move that it carries out, from the annotation {@link #MOVE_ANNOTATION}; null for others
 * @param phaseSince when it entered its phase, by the server's clock; {@code created} where KubeVirt wrote no time
 * @param failure why it failed, as KubeVirt says; empty while it has not
 */
public record Migration(
        String name,
        String uid,
        VmId vm,
        Phase phase,
        @Nullable String source,
        @Nullable String target,
        boolean ours,
        @Nullable String move,
        Instant created,
        Instant phaseSince,
        String failure) {
    public static final String MOVE_ANNOTATION = "drover.dev/move";

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

    /** One of ours that was ordered and that the API server has not shown yet. */
    public static Migration ordered(String name, Vm vm, String target, Instant at) {
        return new Migration(name, "", vm.id(), Phase.UNSET, vm.node(), target, true, null, at, at, "");
    }

    public boolean inFlight() {
        return phase != Phase.SUCCEEDED && phase != Phase.FAILED;
    }
}

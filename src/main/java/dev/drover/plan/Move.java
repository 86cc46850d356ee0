package dev.drover.plan;

import dev.drover.model.VmId;
import dev.drover.placement.Effect;
import dev.drover.placement.Relocation;
import java.util.List;

/**
 * One live move of a plan.
 *
 * @param id unique in its plan, stable: m0, m1 ...
 * @param vmUid the identity by which cooldowns and daily caps are counted
 * @param after ids of moves that must have succeeded before this one may start: at most {@link #MOST_AFTER}
 * @param priority 1 (first) to 5
 * @param seconds how long the migration is expected to take
 * @param effect what it changes, as far as that is known here: a MigrationPlan does not hold it
 */
public record Move(
        String id,
        VmId vm,
        String vmUid,
        String from,
        String to,
        List<String> after,
        Relocation.Reason reason,
        String why,
        int priority,
        double gain,
        double seconds,
        Effect effect) {
    /** More are not written into a MigrationPlan. */
    public static final int MOST_AFTER = 16;

    public Move {
        after = List.copyOf(after);
    }

    /** One whose effect is not known. */
    public Move(
            String id,
            VmId vm,
            String vmUid,
            String from,
            String to,
            List<String> after,
            Relocation.Reason reason,
            String why,
            int priority,
            double gain,
            double seconds) {
        this(id, vm, vmUid, from, to, after, reason, why, priority, gain, seconds, Effect.NONE);
    }
}

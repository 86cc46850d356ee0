package dev.drover.plan;

import dev.drover.model.Selector;
import dev.drover.placement.Goal;
import java.time.Duration;
import java.time.Instant;

/**
 * How one pool of nodes is run, from a PlacementPolicy.
 *
 * @param created of the custom resource: of two policies over one node the older governs
 * @param nodes the nodes it selects; {@link #DEFAULT_NAME} governs what no other policy selects
 * @param movesPerDay the most moves of one virtual machine in 24 hours, whoever asked for them
 * @param cooldown the least time between two moves of one virtual machine; doubles with each failure
 */
public record Policy(
        String name,
        String uid,
        Instant created,
        Mode mode,
        Selector nodes,
        Goal goal,
        Budget budget,
        int movesPerDay,
        Duration cooldown,
        Deadlines deadlines) {
    public static final String DEFAULT_NAME = "default";

    public enum Mode {
        OFF,
        RECOMMEND,
        AUTOMATIC
    }

    /** How long one migration of ours may stay in a phase before we end it; KubeVirt has no time-out for most of them. */
    public record Deadlines(Duration pending, Duration scheduling, Duration preparing, Duration running) {}

    public boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }
}

package dev.drover.testbed.player;

/** Something that goes wrong on the nodes during a migration. */
public sealed interface Fault {

    /** The target pod ends before the migration is handed to the nodes. */
    record FailBeforeHandOff(String reason) implements Fault {}

    /** The source reports a failed migration while the memory is copied. */
    record FailWhileRunning(String reason) implements Fault {}

    /** Nothing happens any more in a phase, for good: not even virt-launcher's own time-outs end it. An abort still works in Running. */
    record Hang(Phase phase) implements Fault {}

    /** An abort that was asked for is reported as failed, and the migration goes on. */
    record AbortFails() implements Fault {}

    /** The memory is copied at a fraction of the bandwidth: 10 means ten times as slow. */
    record Slow(double factor) implements Fault {
        public Slow {
            if (!(factor >= 1)) {
                throw new IllegalArgumentException(
                        "The factor of a slow migration is too small (%s). Give 1 or more.".formatted(factor));
            }
        }
    }

    /** The phases of a migration in which the nodes have something to do. */
    enum Phase {
        PREPARING_TARGET,
        TARGET_READY,
        RUNNING
    }
}

package dev.drover.testbed.player;

/**
 * The memory of one guest on its way to another node by pre-copy (Clark et al., "Live Migration of Virtual Machines", NSDI 2005): a first round
 * copies all touched memory, each further round what the guest changed during the round before. As soon as the rest fits into the allowed
 * downtime the guest stops and the last round follows. A guest that changes its memory as fast as the link carries it never gets there.
 *
 * <p>All times are played seconds. Not safe for use by several threads.
 */
final class PreCopy {

    private static final double A_BYTE = 1;
    private static final double FIRST_THROTTLE = 0.2;
    private static final double NEXT_THROTTLE = 0.1;
    private static final double LAST_THROTTLE = 0.99;

    private final double memory;
    private final double dirtyRate;
    private final double maxDowntime;
    private double remaining;
    private double changed;
    private double copied;
    private double throttle;
    private int rounds = 1;
    private boolean guestStopped;
    private boolean done;

    /**
     * @param memory bytes that the guest has touched; also the most that it can change in a round
     * @param dirtyRate bytes that the guest changes in a second
     * @param maxDowntime seconds that the guest may stand still
     */
    PreCopy(double memory, double dirtyRate, double maxDowntime) {
        this.memory = memory;
        this.dirtyRate = dirtyRate;
        this.maxDowntime = maxDowntime;
        this.remaining = memory;
    }

    /** Lets the copy go on for some seconds at a speed in bytes per second. */
    void advance(double seconds, double speed) {
        var left = seconds;
        while (!done && speed > 0 && left > 0) {
            var step = Math.min(left, remaining / speed);
            remaining -= step * speed;
            copied += step * speed;
            changed = Math.min(memory, changed + step * currentDirtyRate());
            left -= step;
            if (remaining < A_BYTE) {
                nextRound(speed);
            }
        }
    }

    private void nextRound(double speed) {
        if (guestStopped || changed < A_BYTE) {
            remaining = 0;
            done = true;
            return;
        }
        rounds++;
        remaining = changed;
        changed = 0;
        guestStopped = remaining <= speed * maxDowntime;
    }

    /** Seconds until this round ends at the given speed; infinite when nothing moves. */
    double secondsToGo(double speed) {
        return speed > 0 ? remaining / speed : Double.POSITIVE_INFINITY;
    }

    /** Pauses the guest for good (or leaves it to run at the target, which is the same for the copy): nothing changes any more. */
    void stopGuest() {
        if (!guestStopped) {
            guestStopped = true;
            remaining += changed;
            changed = 0;
        }
    }

    /** Slows the guest's CPUs one step further, as QEMU's auto-converge does: 20 %, then 10 % more each time, at most 99 %. */
    void slowGuest() {
        throttle = throttle == 0 ? FIRST_THROTTLE : Math.min(LAST_THROTTLE, throttle + NEXT_THROTTLE);
    }

    boolean done() {
        return done;
    }

    double touched() {
        return memory;
    }

    double remaining() {
        return remaining;
    }

    double copied() {
        return copied;
    }

    int rounds() {
        return rounds;
    }

    double currentDirtyRate() {
        return guestStopped ? 0 : dirtyRate * (1 - throttle);
    }
}

package dev.drover.testbed.player;

/**
 * One migration whose memory is on its way, with the patience that virt-launcher has for it (live-migration-source.go, handleLegacyConvergence).
 * Times are played seconds.
 */
final class Transfer {

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;
    private static final double DEFAULT_SECONDS_PER_GIB = 150;
    private static final double DEFAULT_PROGRESS_SECONDS = 150;
    private static final double DEFAULT_DOWNTIME_MS = 900;

    /** What virt-launcher decides when it looks at a transfer. */
    enum Verdict {
        GOES_ON,
        ARRIVED,
        POST_COPY,
        PAUSE_GUEST,
        ABORT
    }

    final MigrationState migration;
    final PreCopy copy;
    final double started;
    final double bandwidthCap;
    private final double acceptableSeconds;
    private final double progressSeconds;
    private double lastMoved;
    private int roundsSeen = 1;
    private double patience = 1;
    private boolean postCopy;
    boolean targetPodSeen;
    double slowness = 1;
    boolean held;

    /** Bytes that the guest has touched, bytes that it changes in a second, and its size in bytes. */
    record Load(double touched, double dirtyRate, double size) {}

    Transfer(MigrationState migration, Load load, double now) {
        this.migration = migration;
        this.copy = new PreCopy(
                load.touched(), load.dirtyRate(), migration.setting("maxDowntimeMs", DEFAULT_DOWNTIME_MS) / 1000);
        this.started = now;
        this.lastMoved = now;
        this.bandwidthCap = migration.setting("bandwidthPerMigration", 0);
        this.acceptableSeconds = migration.setting("completionTimeoutPerGiB", DEFAULT_SECONDS_PER_GIB)
                * Math.max(MIB, load.size())
                / GIB;
        this.progressSeconds = migration.setting("progressTimeout", DEFAULT_PROGRESS_SECONDS);
    }

    void advance(double now, double seconds, double speed) {
        if (speed > 0) {
            copy.advance(seconds, speed);
            lastMoved = now;
        }
        if (copy.rounds() > roundsSeen) {
            roundsSeen = copy.rounds();
            if (migration.allows("allowAutoConverge")) {
                copy.slowGuest();
            }
        }
    }

    /** A held transfer hangs for good: not even virt-launcher's own time-outs end it. */
    Verdict verdict(double now) {
        if (copy.done()) {
            return Verdict.ARRIVED;
        } else if (held) {
            return Verdict.GOES_ON;
        } else if (progressSeconds > 0 && now - lastMoved >= progressSeconds) {
            return Verdict.ABORT;
        } else if (acceptableSeconds == 0 || postCopy || now - started < acceptableSeconds * patience) {
            return Verdict.GOES_ON;
        } else if (patience > 1 || !migration.allows("allowWorkloadDisruption")) {
            return Verdict.ABORT;
        }
        return migration.allows("allowPostCopy") ? Verdict.POST_COPY : Verdict.PAUSE_GUEST;
    }

    /** The guest runs at the target already; there is no way back. */
    void switchToPostCopy() {
        postCopy = true;
        copy.stopGuest();
    }

    /** The guest stands still until the end, and gets as much time again. */
    void pauseGuest() {
        patience = 2;
        copy.stopGuest();
    }

    boolean postCopy() {
        return postCopy;
    }

    /** Played seconds until the verdict may change, at the given speed; infinite when only somebody else can change it. */
    double secondsToGo(double now, double speed) {
        if (copy.done() || held) {
            return Double.POSITIVE_INFINITY;
        }
        var deadline = ahead(started + acceptableSeconds * patience - now);
        var stuck = speed > 0 ? Double.POSITIVE_INFINITY : ahead(lastMoved + progressSeconds - now);
        return Math.min(copy.secondsToGo(speed), Math.min(deadline, stuck));
    }

    private static double ahead(double seconds) {
        return seconds > 0 ? seconds : Double.POSITIVE_INFINITY;
    }
}

package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import java.time.Duration;

/**
 * What admission may do, and how long things may take.
 *
 * @param most the most that a policy may ask for: what the operator was started for and has the rights to
 * @param gateDeadline how long the placement gate may hold a pod; then it starts wherever the scheduler puts it
 * @param batchQuiet gated pods are decided together once no other has arrived for this long
 * @param batchLimit and at the latest this long after the first of them arrived
 * @param reservation how long a chosen node is kept for a pod that nobody has seen on it
 * @param patience how long one call of the webhook may wait for its turn and for a snapshot that shows the virtual machine
 */
public record AdmissionSettings(
        AdmissionMode most,
        Duration gateDeadline,
        Duration batchQuiet,
        Duration batchLimit,
        Duration reservation,
        Duration patience) {
    private static final int MOST_QUIETS = 5;

    public static final AdmissionSettings DEFAULT = new AdmissionSettings(
            AdmissionMode.GATE,
            Duration.ofSeconds(10),
            Duration.ofMillis(150),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(500));

    public AdmissionSettings {
        if (gateDeadline.isNegative() || gateDeadline.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("The gate's deadline (" + gateDeadline
                    + ") is out of range. Set it to at least 0 seconds and at most 10 minutes.");
        }
    }

    /** These, with pods gathered for as long as others keep arriving, but neither five times that nor half of the deadline long. */
    public AdmissionSettings gathering(Duration quiet) {
        Duration limit = quiet.multipliedBy(MOST_QUIETS);
        Duration half = gateDeadline.dividedBy(2);
        return new AdmissionSettings(
                most, gateDeadline, quiet, limit.compareTo(half) < 0 ? limit : half, reservation, patience);
    }
}

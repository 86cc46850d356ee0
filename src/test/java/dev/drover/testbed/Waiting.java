package dev.drover.testbed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for something that another process does. The limits are generous: a small machine under load is slow, not broken. */
final class Waiting {

    private static final Duration STEP = Duration.ofMillis(100);

    private Waiting() {}

    static void until(String what, Duration limit, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(STEP)
                    .atMost(limit)
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(what + ": not within (" + limit.toSeconds() + " s).", e);
        }
    }
}

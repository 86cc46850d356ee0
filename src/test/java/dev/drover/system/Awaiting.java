package dev.drover.system;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what the cluster is to become, and says what was seen when it does not. A slow machine is not a broken one. */
public final class Awaiting {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration STEP = Duration.ofMillis(150);

    private Awaiting() {}

    /** Looks until what is seen is good, and returns it. A look that the API server does not answer in time is repeated. */
    public static <T> T until(String what, Supplier<T> look, Predicate<T> good) {
        return until(what, PATIENCE, look, good);
    }

    /** Looks until what is seen is good, and returns it. */
    public static <T> T until(String what, Duration limit, Supplier<T> look, Predicate<T> good) {
        AtomicReference<T> seen = new AtomicReference<>();
        try {
            Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(STEP)
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .atMost(limit)
                    .until(() -> {
                        seen.set(look.get());
                        return good.test(seen.get());
                    });
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "%s: not within %d s. Last seen: %s".formatted(what, limit.toSeconds(), seen.get()), late);
        }
        return Objects.requireNonNull(seen.get());
    }

    /** Looks again and again for as long as given: it has to be good each time. */
    public static <T> void always(String what, Duration time, Supplier<T> look, Predicate<T> good) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .during(time)
                .atMost(time.plus(PATIENCE))
                .until(() -> {
                    T seen = look.get();
                    if (!good.test(seen)) {
                        throw new AssertionError("%s: no longer. Seen: %s".formatted(what, seen));
                    }
                    return true;
                });
    }
}

package dev.drover.app;

import dev.drover.config.Settings;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A loop that hangs fails liveness, so that the process is started anew: it goes on from what the API server holds. */
@Liveness
final class LoopHealth implements HealthCheck {
    private static final Duration LONGEST_CYCLE = Duration.ofMinutes(3);

    private final LoopThread loop;
    private final InstantSource clock;
    private final Duration interval;

    LoopHealth(LoopThread loop, InstantSource clock, Settings settings) {
        this.loop = loop;
        this.clock = clock;
        this.interval = settings.cycleInterval();
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = Duration.between(loop.lastEnd(), clock.instant());
        return HealthCheckResponse.named("loop")
                .status(since.compareTo(LONGEST_CYCLE.plus(interval)) < 0)
                .withData("secondsSinceLastCycle", since.toSeconds())
                .build();
    }
}

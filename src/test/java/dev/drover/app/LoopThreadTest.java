package dev.drover.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.config.Settings;
import dev.drover.observe.Observer;
import dev.drover.observe.Snapshot;
import dev.drover.observe.StillObserver;
import dev.drover.reconcile.Cycles;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may go wrong in a cycle, and what ends it. */
class LoopThreadTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
    private final AtomicReference<Runnable> change = new AtomicReference<>();
    private final AtomicInteger cycles = new AtomicInteger();
    private final AtomicReference<Runnable> inCycle = new AtomicReference<>(() -> {});
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LoopThread loop = new LoopThread(new Counted(), observer(), now::get, meters);

    private final class Counted implements Cycles {
        @Override
        public void cycle() {
            cycles.incrementAndGet();
            inCycle.get().run();
        }

        @Override
        public Duration takeSearched() {
            return Duration.ofSeconds(2);
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void end() {
        loop.close();
    }

    @Test
    void a_cycle_that_fails_does_not_end_the_loop() {
        inCycle.set(() -> {
            throw new IllegalStateException("broken on purpose");
        });

        loop.start(Duration.ofMillis(1), Duration.ZERO);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cycles).hasValueGreaterThan(2));
    }

    @Test
    void a_change_begins_a_cycle_before_its_time() {
        loop.start(NEVER, Duration.ZERO);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cycles).hasValue(1));

        change.get().run();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cycles).hasValue(2));
    }

    @Test
    void the_search_is_measured_apart_from_the_rest_of_a_cycle() {
        inCycle.set(() -> now.updateAndGet(instant -> instant.plusSeconds(3)));

        loop.start(NEVER, Duration.ZERO);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        meters.timer("drover.cycle.without.search").count())
                .isOne());
        assertThat(meters.timer("drover.cycle").mean(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(meters.timer("drover.cycle.without.search").mean(TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    @Test
    void a_cycle_that_hangs_fails_liveness_until_it_ends() {
        CountDownLatch hangs = new CountDownLatch(1);
        inCycle.set(() -> passes(hangs));
        LoopHealth health = new LoopHealth(loop, now::get, Settings.DEFAULT);
        loop.start(NEVER, Duration.ZERO);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cycles).hasValue(1));

        now.updateAndGet(instant -> instant.plusSeconds(189));
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);

        hangs.countDown();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health.call().getStatus()).isEqualTo(Status.UP));
    }

    private static void passes(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Observer observer() {
        return new StillObserver() {
            @Override
            public Snapshot snapshot() {
                throw new AssertionError("Nothing is decided here.");
            }

            @Override
            public void onChange(Duration quiet, Runnable listener) {
                change.set(listener);
            }
        };
    }
}

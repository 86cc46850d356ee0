package dev.drover.app;

import dev.drover.config.Threads;
import dev.drover.observe.Observer;
import dev.drover.reconcile.Cycles;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Runs the loop on a thread of its own: at its interval, and soon after a change. */
final class LoopThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LoopThread.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final Cycles loop;
    private final Observer observer;
    private final InstantSource clock;
    private final Timer whole;
    private final Timer withoutSearch;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cluster-loop").daemon().factory());
    private final AtomicBoolean early = new AtomicBoolean();
    private final AtomicReference<Instant> lastEnd;

    LoopThread(Cycles loop, Observer observer, InstantSource clock, MeterRegistry meters) {
        this.loop = loop;
        this.observer = observer;
        this.clock = clock;
        this.lastEnd = new AtomicReference<>(clock.instant());
        this.whole = timer("drover.cycle", "How long one cycle of the loop takes.", meters);
        this.withoutSearch = timer(
                "drover.cycle.without.search",
                "How long one cycle of the loop takes beside the search for a better placement.",
                meters);
    }

    private static Timer timer(String name, String description, MeterRegistry meters) {
        return Timer.builder(name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    void start(Duration interval, Duration quiet) {
        executor.scheduleWithFixedDelay(this::cycle, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        observer.onChange(quiet, this::cycleEarly);
    }

    /** When the last cycle ended: a watchdog's measure. */
    Instant lastEnd() {
        return lastEnd.get();
    }

    private void cycleEarly() {
        if (early.compareAndSet(false, true) && !executor.isShutdown()) {
            executor.execute(() -> {
                early.set(false);
                cycle();
            });
        }
    }

    private void cycle() {
        try {
            Instant begun = clock.instant();
            loop.cycle();
            Duration took = Duration.between(begun, clock.instant());
            whole.record(took);
            withoutSearch.record(took.minus(loop.takeSearched()));
        } catch (RuntimeException unexpected) {
            LOG.error("The cycle failed. Nothing was moved by it; the next one starts anew.", unexpected);
        } finally {
            lastEnd.set(clock.instant());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        Threads.awaitEnd(executor, ENDS_WITHIN);
        loop.close();
    }
}

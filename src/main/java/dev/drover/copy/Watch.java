package dev.drover.copy;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a connection on which nothing goes on any more. A limit of the socket would do for reads only: a write to a side that has died without a word
 * blocks for as long as the kernel likes.
 */
final class Watch implements Closeable {
    /** Looks per patience: it bites after one patience, and at most a tenth of it later. */
    private static final int LOOKS = 10;

    private final Closeable connection;
    private final AtomicLong signs = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("copy-watch").factory());
    private volatile boolean hasBitten;
    // Of the timer's thread only.
    private long seen;
    private int idle;

    Watch(Closeable connection, Duration patience) {
        this.connection = connection;
        long period = Math.max(1, patience.toNanos() / LOOKS);
        timer.scheduleAtFixedRate(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** Something went on. From any thread. */
    void sign() {
        signs.incrementAndGet();
    }

    /** Whether it closed the connection. */
    boolean hasBitten() {
        return hasBitten;
    }

    private void look() {
        long now = signs.get();
        idle = now == seen ? idle + 1 : 0;
        seen = now;
        if (idle >= LOOKS) {
            hasBitten = true;
            timer.shutdown();
            try {
                connection.close();
            } catch (IOException closed) {
                // It is of no more use either way.
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

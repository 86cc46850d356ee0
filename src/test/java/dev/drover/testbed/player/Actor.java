package dev.drover.testbed.player;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The one thread that holds the player's state. Everything that reads or changes it is handed over with {@link #run}. */
final class Actor implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Actor.class.getName());

    private final PlayedTime time;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("player").daemon().unstarted(task));

    Actor(PlayedTime time) {
        this.time = time;
    }

    void run(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.DEBUG, "The player is closed; an event came late.");
        }
    }

    /** Runs a task after some played seconds. */
    Future<?> after(double playedSeconds, Runnable task) {
        return afterMillis(time.realMillis(playedSeconds), task);
    }

    /** Runs a task after some real milliseconds. */
    Future<?> afterMillis(long millis, Runnable task) {
        return thread.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    /** Runs a task again and again, with some real milliseconds between. */
    void every(long realMillis, Runnable task) {
        thread.scheduleWithFixedDelay(() -> guarded(task), 0, realMillis, TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A step of the player failed; the player goes on.", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

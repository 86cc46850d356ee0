package dev.drover.observe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners that something changed: once for all changes within each listener's quiet time. Safe for threads. */
final class Bell {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private record Listener(Duration quiet, Runnable action, AtomicBoolean due) {}

    private final ScheduledExecutorService thread;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Bell(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    void add(Duration quiet, Runnable action) {
        listeners.add(new Listener(quiet, action, new AtomicBoolean()));
    }

    void ring() {
        for (Listener listener : listeners) {
            if (listener.due().compareAndSet(false, true)) {
                schedule(listener);
            }
        }
    }

    private void schedule(Listener listener) {
        try {
            thread.schedule(() -> call(listener), listener.quiet().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("A change came while the observer was closing and is not told.");
        }
    }

    private static void call(Listener listener) {
        listener.due().set(false);
        try {
            listener.action().run();
        } catch (RuntimeException failed) {
            LOG.warn("A listener to changes of the cluster failed.", failed);
        }
    }
}

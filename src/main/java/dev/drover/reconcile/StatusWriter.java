package dev.drover.reconcile;

import dev.drover.config.Threads;
import dev.drover.kubevirt.KubeVirtApi;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes beside the loop what is only told, so that a slow API server keeps nothing from being moved. Each cycle hands over all that it
 * has to tell, and what an earlier one has left waiting is dropped for it. The writes of one object follow each other; those of
 * different objects go side by side. Safe for threads.
 */
final class StatusWriter implements AutoCloseable {
    /** How many requests there are at a time, at most. */
    static final int LANES = 4;

    private static final Logger LOG = Logger.getLogger(StatusWriter.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final ExecutorService executor;
    private final List<Lane> lanes = new ArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean unavailable = new AtomicBoolean();

    /** @param executor with {@link #LANES} threads, for nothing else: it is shut down with the writer */
    StatusWriter(ExecutorService executor) {
        this.executor = executor;
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane());
        }
    }

    /**
     * One status that is to be written if it says something new.
     *
     * @param object its kind and name
     * @param write throws {@link KubernetesClientException} when the API server refuses or does not answer
     */
    record Status(String object, Runnable write) {}

    /** From now on these are to be written, and nothing else. What fails is for the next call to say again. */
    void replace(List<Status> statuses) {
        refused.retainAll(statuses.stream().map(Status::object).collect(Collectors.toSet()));
        unavailable.set(false);
        List<Queue<Status>> queues =
                lanes.stream().<Queue<Status>>map(lane -> new ArrayDeque<>()).toList();
        for (Status status : statuses) {
            queues.get(Math.floorMod(status.object().hashCode(), LANES)).add(status);
        }
        for (int i = 0; i < LANES; i++) {
            lanes.get(i).replace(queues.get(i));
        }
    }

    private void write(Status status) {
        try {
            status.write().run();
            refused.remove(status.object());
        } catch (KubernetesClientException error) {
            if (!Refusal.isOfOneObject(error)) {
                giveUp(error);
            } else if (refused.add(status.object())) {
                LOG.warnf("The status of %s cannot be written: %s", status.object(), KubeVirtApi.said(error));
            }
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "The status of %s could not be written.", status.object());
        }
    }

    private void giveUp(KubernetesClientException error) {
        lanes.forEach(lane -> lane.replace(new ArrayDeque<>()));
        if (!unavailable.getAndSet(true) && !executor.isShutdown()) {
            LOG.warnf(
                    "Statuses are not written: the API server refused or did not answer (%s). The next cycle writes them.",
                    error.getMessage());
        }
    }

    /** Drops what waits, and lets what is being written come to its end: the next process tells what this one has not. */
    @Override
    public void close() {
        executor.shutdown();
        Threads.awaitEnd(executor, ENDS_WITHIN);
    }

    /** Writes one status after the other. An object is always in the same lane. */
    private final class Lane {
        private Queue<Status> waiting = new ArrayDeque<>();
        private boolean running;

        void replace(Queue<Status> statuses) {
            if (takes(statuses)) {
                try {
                    executor.execute(this::run);
                } catch (RejectedExecutionException closed) {
                    stop();
                }
            }
        }

        /** @return whether it has to be started for them */
        private synchronized boolean takes(Queue<Status> statuses) {
            waiting = statuses;
            boolean starts = !running && !waiting.isEmpty();
            running |= starts;
            return starts;
        }

        private void run() {
            for (Status status = next(); status != null; status = next()) {
                write(status);
            }
        }

        private synchronized @Nullable Status next() {
            Status next = executor.isShutdown() ? null : waiting.poll();
            running = next != null;
            return next;
        }

        private synchronized void stop() {
            waiting.clear();
            running = false;
        }
    }
}

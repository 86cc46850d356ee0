package dev.drover.admission;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Makes many small writes to the API server a few at a time. */
final class Writes {
    private static final Logger LOG = Logger.getLogger(Writes.class);

    private final ExecutorService threads;

    /** @param threads as many as writes may be under way at once */
    Writes(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * Waits for all.
     *
     * @param write says whether it did anything; one that the API server refuses did not
     * @return the items that it did something for, in their order
     */
    <T> List<T> each(List<T> items, Predicate<T> write) {
        List<Future<Boolean>> begun = items.stream()
                .map(item -> threads.submit(() -> attempt(item, write)))
                .toList();
        List<T> done = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (succeeded(begun.get(i))) {
                done.add(items.get(i));
            }
        }
        return done;
    }

    private static <T> boolean attempt(T item, Predicate<T> write) {
        try {
            return write.test(item);
        } catch (KubernetesClientException refused) {
            LOG.warnf("The write for (%s) was refused: %s", item, refused.getMessage());
            return false;
        }
    }

    private static boolean succeeded(Future<Boolean> write) {
        try {
            return write.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException broken) {
            LOG.warn("A write failed.", broken.getCause());
            return false;
        }
    }
}

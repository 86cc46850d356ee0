package dev.drover.testbed.player;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Writes of the nodes, a few at a time beside the actor's thread; the outcome comes back on the actor's thread. */
final class Writes implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Writes.class.getName());
    private static final int AT_ONCE = 8;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Actor actor;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("player-write-", 0).daemon().factory());

    /** How a write ended. */
    sealed interface Outcome {
        /** The object as it is now. */
        record Written(VmiView vmi) implements Outcome {}

        /** The object is no longer there. */
        record Gone() implements Outcome {}

        /** Refused, mostly because somebody else wrote first; look again and decide anew. */
        record Refused() implements Outcome {}
    }

    Writes(KubernetesClient client, Actor actor) {
        this.client = client;
        this.actor = actor;
    }

    void vmi(VmId id, JsonPatch patch, Consumer<Outcome> then) {
        submit(() -> {
            var outcome = patched(id, patch);
            actor.run(() -> then.accept(outcome));
        });
    }

    /** A strategic merge patch of a pod's status; then learns whether it was written. */
    void podStatus(VmId id, String patch, Consumer<Boolean> then) {
        submit(() -> {
            var written = patchedPod(id, patch);
            actor.run(() -> then.accept(written));
        });
    }

    /** What a node does beside the actor's thread. */
    interface Work {
        /** @throws IOException when a file cannot be read or written */
        void run() throws IOException;
    }

    /** Other work that takes its time; then learns what went wrong. */
    void other(Work work, Consumer<Optional<Exception>> then) {
        submit(() -> {
            Optional<Exception> wrong = Optional.empty();
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                wrong = Optional.of(e);
            }
            var outcome = wrong;
            actor.run(() -> then.accept(outcome));
        });
    }

    private boolean patchedPod(VmId id, String patch) {
        try {
            client.pods()
                    .inNamespace(id.namespace())
                    .withName(id.name())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
            return true;
        } catch (KubernetesClientException e) {
            var level = e.getCode() == NOT_FOUND ? Level.DEBUG : Level.WARNING;
            LOG.log(level, "The status of pod {0} was not written: {1}", id, e.getMessage());
            return false;
        }
    }

    private Outcome patched(VmId id, JsonPatch patch) {
        try {
            var written = client.genericKubernetesResources(VmiView.KIND)
                    .inNamespace(id.namespace())
                    .withName(id.name())
                    .patch(PatchContext.of(PatchType.JSON), patch.toString());
            return new Outcome.Written(new VmiView(written));
        } catch (KubernetesClientException e) {
            LOG.log(Level.DEBUG, "VMI {0} was not patched: {1}", id, e.getMessage());
            return e.getCode() == NOT_FOUND ? new Outcome.Gone() : new Outcome.Refused();
        }
    }

    private void submit(Runnable write) {
        try {
            workers.execute(write);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.DEBUG, "The player is closed; a write came late.");
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

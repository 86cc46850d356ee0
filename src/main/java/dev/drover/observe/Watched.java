package dev.drover.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of one kind. It can be started again: a watch that was cut without a word is only cured by a new one. Safe for
 * threads.
 */
final class Watched<T extends HasMetadata> implements FreshnessProbe.Kept {

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final KubernetesClient client;
    private final Class<T> type;
    private final ResourceEventHandler<T> handler;
    private volatile @Nullable SharedIndexInformer<T> informer;

    /** @param handler hears of every change; also of those that a new start finds */
    Watched(KubernetesClient client, Class<T> type, ResourceEventHandler<T> handler) {
        this.client = client;
        this.type = type;
        this.handler = handler;
    }

    /** Starts to watch, in place of any watch before, and returns at once. */
    @Override
    public synchronized void start() {
        learn();
        SharedIndexInformer<T> before = informer;
        SharedIndexInformer<T> started = client.resources(type).inAnyNamespace().runnableInformer(0);
        started.removeNamespaceIndex();
        started.addEventHandler(handler);
        started.exceptionHandler((isStarted, error) -> {
            LOG.debug("The watch of {} failed and is tried again.", plural(), error);
            return true;
        });
        started.start().exceptionally(error -> {
            LOG.debug("The watch of {} could not start.", plural(), error);
            return null;
        });
        informer = started;
        if (before != null) {
            before.stop();
        }
    }

    /**
     * The client learns to read a kind from the first event of it, on the thread that serves all its connections: for pods that can take
     * seconds, just when the first virtual machine starts. So it is made to learn before, on this thread.
     */
    private void learn() {
        KubernetesSerialization reader = client.getKubernetesSerialization();
        String object = "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"metadata\": {}}"
                .formatted(apiVersion(), HasMetadata.getKind(type));
        WatchEvent event = reader.unmarshal("{\"type\": \"ADDED\", \"object\": " + object + "}", WatchEvent.class);
        if (!type.isInstance(event.getObject())) {
            reader.convertValue(event.getObject(), type);
        }
    }

    synchronized void stop() {
        SharedIndexInformer<T> running = informer;
        informer = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public boolean started() {
        return informer != null;
    }

    /** The cache has been filled since the last start. */
    @Override
    public boolean synced() {
        SharedIndexInformer<T> running = informer;
        return running != null && running.hasSynced();
    }

    @Override
    public boolean watching() {
        SharedIndexInformer<T> running = informer;
        return running != null && running.isWatching();
    }

    /** The newest resource version that the watch delivered; empty when nothing was yet. */
    String version() {
        SharedIndexInformer<T> running = informer;
        String version = running == null ? null : running.lastSyncResourceVersion();
        return version == null ? "" : version;
    }

    List<T> all() {
        SharedIndexInformer<T> running = informer;
        return running == null ? List.of() : running.getStore().list();
    }

    int size() {
        SharedIndexInformer<T> running = informer;
        return running == null ? 0 : running.getStore().listKeys().size();
    }

    /** @param key namespace/name, or the name alone for kinds of the cluster */
    @Nullable
    T get(String key) {
        SharedIndexInformer<T> running = informer;
        return running == null ? null : running.getStore().getByKey(key);
    }

    String apiVersion() {
        return HasMetadata.getApiVersion(type);
    }

    @Override
    public String plural() {
        return HasMetadata.getPlural(type);
    }

    /** Where the API server lists all objects of this kind. */
    String path() {
        String version = apiVersion();
        return (version.contains("/") ? "/apis/" : "/api/") + version + "/" + plural();
    }

    /** Where the API server has one object. */
    String path(HasMetadata object) {
        String version = apiVersion();
        String namespace = Namespaced.class.isAssignableFrom(type)
                ? "/namespaces/" + object.getMetadata().getNamespace()
                : "";
        return (version.contains("/") ? "/apis/" : "/api/") + version + namespace + "/" + plural() + "/"
                + object.getMetadata().getName();
    }
}

package dev.drover.observe;

import dev.drover.forecast.Load;
import dev.drover.kubevirt.SlimPod;
import java.time.Duration;
import java.util.List;

/** Watches the cluster and hands out snapshots. Safe for threads. */
public interface Observer extends AutoCloseable {

    /** Starts to watch and returns at once. What is missing (KubeVirt, metrics, Drover's own kinds) is looked for again and again. */
    void start();

    /** Whether every cache that can be filled has been filled once, so that a snapshot shows the whole cluster. */
    boolean ready();

    /** Builds a snapshot from the caches, without a call to the API server: a few milliseconds for 500 virtual machines. */
    Snapshot snapshot();

    /**
     * The virtual machines as objects, and the services that they may belong to, as they are in the caches now: the same object while
     * these do not change.
     */
    Machines machines();

    /** What an application with scaling uses and is expected to use; {@link Load#UNKNOWN} for any other. */
    Load load(String serviceUid, String application);

    /** How far the caches can be trusted now; cheaper than a snapshot. */
    Freshness freshness();

    /** The pods in the cache that carry this scheduling gate. */
    List<SlimPod> gatedPods(String gate);

    /**
     * Calls back when something changed that may call for a decision: virtual machines, their pods and migrations, nodes,
     * constraints, policies, plans. Heartbeats and Drover's own status writes do not count.
     *
     * @param quiet how long to wait for more changes, so that many make one call
     * @param listener is called on a thread of the observer and must return soon
     */
    void onChange(Duration quiet, Runnable listener);

    @Override
    void close();
}

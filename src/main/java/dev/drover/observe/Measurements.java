package dev.drover.observe;

import dev.drover.forecast.UsageWindow;
import dev.drover.model.Resources;
import dev.drover.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The measured load of virtual machines and nodes: what {@link MetricsPoll} writes and snapshots read. Safe for threads. */
final class Measurements {

    /** Bounds what is kept for a policy that looks far back. */
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(5);

    /** Of a node, beside its virtual machines: in the last read and in the one before. */
    private record Others(Instant at, Resources last, Resources before) {
        Resources lasting() {
            return Resources.of(
                    Math.min(last.cpuMillis(), before.cpuMillis()), Math.min(last.memoryBytes(), before.memoryBytes()));
        }
    }

    /** The load of one instance; what it reports about itself is kept by its uid. */
    private static final class Track {
        final UsageWindow window = new UsageWindow(Resources.CPU, Resources.MEMORY);
        String serverTime = "";
        Instant newest = Instant.EPOCH;
        long lastCpu;
    }

    private final Map<String, Track> instances = new HashMap<>();
    private final Map<String, Others> nodes = new HashMap<>();
    private final Map<VmId, Fault> faults = new HashMap<>();
    private Duration longest = SHORTEST_WINDOW;
    private String problem = "Metrics have not been read yet.";

    /** @param window the longest that any policy asks about */
    synchronized void keep(Duration window) {
        longest = window.compareTo(SHORTEST_WINDOW) > 0 ? window : SHORTEST_WINDOW;
    }

    /** @param serverTime the time that the source gives; a value that comes again with the same time is not new */
    synchronized void add(String instanceUid, String serverTime, Instant now, Resources usage) {
        Track track = instances.computeIfAbsent(instanceUid, uid -> new Track());
        if (!serverTime.isEmpty() && serverTime.equals(track.serverTime)) {
            return;
        }
        track.serverTime = serverTime;
        track.newest = now;
        track.lastCpu = usage.cpuMillis();
        track.window.add(now, usage, longest);
    }

    /**
     * Keeps what a node's load is beside its virtual machines. The difference is taken here, of two values of the same read: a virtual
     * machine that has moved since would otherwise seem to be still at work where it was. Nodes and pods are told in two answers, and what
     * changes between them looks like load of others, so only what two reads in a row say counts.
     *
     * @param whole load of the node
     * @param launchers load of its virt-launcher pods
     */
    synchronized void addNode(String node, Instant now, Resources whole, Resources launchers) {
        Resources others = Resources.of(
                Math.max(0, whole.cpuMillis() - launchers.cpuMillis()),
                Math.max(0, whole.memoryBytes() - launchers.memoryBytes()));
        Others before = nodes.get(node);
        nodes.put(node, new Others(now, others, before == null ? others : before.last()));
    }

    /** Ends one successful read. What was not there any more is forgotten. */
    synchronized void answered(Set<String> instanceUids, Set<String> nodeNames, Map<VmId, Fault> found) {
        problem = "";
        instances.keySet().retainAll(instanceUids);
        nodes.keySet().retainAll(nodeNames);
        faults.clear();
        faults.putAll(found);
    }

    synchronized void failed(String why) {
        problem = why;
    }

    /** Why there are no metrics; empty when the last read was well. */
    synchronized String problem() {
        return problem;
    }

    /** Whether anything was measured since {@code from}. */
    synchronized boolean since(Instant from) {
        return instances.values().stream().anyMatch(track -> !track.newest.isBefore(from))
                || nodes.values().stream().anyMatch(usage -> !usage.at().isBefore(from));
    }

    /** @return empty when nothing was measured since {@code from} */
    synchronized Optional<Resources> demand(String instanceUid, Instant now, Instant from, Span span) {
        Track track = instances.get(instanceUid);
        return track == null || track.newest.isBefore(from)
                ? Optional.empty()
                : track.window.percentile(now, span.window(), span.percent());
    }

    /** What it used in the last measurement, in millicores; empty when nothing was measured since {@code from}. */
    synchronized OptionalLong lastCpu(String instanceUid, Instant from) {
        Track track = instances.get(instanceUid);
        return track == null || track.newest.isBefore(from) ? OptionalLong.empty() : OptionalLong.of(track.lastCpu);
    }

    /** The load of a node beside its virtual machines; empty when nothing was measured since {@code from}. */
    synchronized Optional<Resources> otherUsage(String name, Instant from) {
        return Optional.ofNullable(nodes.get(name))
                .filter(others -> !others.at().isBefore(from))
                .map(Others::lasting);
    }

    synchronized List<Fault> faults() {
        return List.copyOf(faults.values());
    }

    /** How far back, and which percentile, 1 to 100. */
    record Span(Duration window, int percent) {}
}

package dev.drover.config;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the operator itself runs; what it does with the cluster is in the custom resources. Each setting is read from the property
 * {@code drover.NAME} or the environment variable {@code DROVER_NAME}, for example DROVER_CYCLE_INTERVAL=10s.
 *
 * @param cycleInterval from one cycle of the loop to the next when nothing changes (cycle-interval, 1s to 1h)
 * @param reactionDelay how long changes are gathered before a cycle starts early (reaction-delay, 10ms to 1m)
 * @param metricsInterval between two reads of metrics.k8s.io (metrics-interval, 1s to 10m)
 * @param metricsStaleAfter a virtual machine without a new measurement for so long counts by its requests (metrics-stale-after,
 *     5s to 1h)
 * @param freshnessInterval between two comparisons of each cache with the API server (freshness-interval, 1s to 10m)
 * @param freshnessGrace how long a cache may be behind the API server in such a comparison (freshness-grace, 1s to 2m)
 * @param gateDeadline the longest that a starting virtual machine waits for its place (gate-deadline, 1s to 5m)
 * @param gateBatch how long starting virtual machines are gathered to be placed together (gate-batch, 0s to 10s)
 * @param leaseDuration how long a leader that says nothing any more still counts as one (lease-duration, 6s to 5m); another one waits
 *     that long, and the leader itself gives up after two thirds of it
 * @param solverTimeout after which a search is cut short (solver-timeout, 100ms to 5m)
 * @param recoveryBrakePercent when more than this share of the nodes is lost together, no service restarts what was on them (recovery-brake-percent,
 *     1 to 100)
 * @param relocationDeadline how long a virtual machine that was stopped to be relocated may take until it is ready on the other node
 *     (relocation-deadline, 10s to 24h); then it goes back
 * @param copyImage the image of this program, for the pods that copy node-local disks to another node (copy-image); empty: none are
 *     copied
 * @param seed of every random choice, so that a run can be repeated (seed)
 */
public record Settings(
        Duration cycleInterval,
        Duration reactionDelay,
        Duration metricsInterval,
        Duration metricsStaleAfter,
        Duration freshnessInterval,
        Duration freshnessGrace,
        Duration gateDeadline,
        Duration gateBatch,
        Duration leaseDuration,
        Duration solverTimeout,
        int recoveryBrakePercent,
        Duration relocationDeadline,
        String copyImage,
        long seed) {

    public static final Settings DEFAULT = read(name -> null);

    /**
     * @param lookup gives the text of a setting by its name, null when it is not set
     * @throws IllegalArgumentException with a message for the administrator when a value is malformed or out of its range
     */
    public static Settings read(Function<String, @Nullable String> lookup) {
        return new Settings(
                duration(lookup, "cycle-interval", "10s", "1s", "1h"),
                duration(lookup, "reaction-delay", "500ms", "10ms", "1m"),
                duration(lookup, "metrics-interval", "15s", "1s", "10m"),
                duration(lookup, "metrics-stale-after", "3m", "5s", "1h"),
                duration(lookup, "freshness-interval", "1m", "1s", "10m"),
                duration(lookup, "freshness-grace", "10s", "1s", "2m"),
                duration(lookup, "gate-deadline", "10s", "1s", "5m"),
                duration(lookup, "gate-batch", "200ms", "0s", "10s"),
                duration(lookup, "lease-duration", "15s", "6s", "5m"),
                duration(lookup, "solver-timeout", "2s", "100ms", "5m"),
                percent(lookup, "recovery-brake-percent", 30),
                duration(lookup, "relocation-deadline", "10m", "10s", "24h"),
                text(lookup, "copy-image"),
                number(lookup, "seed", 1));
    }

    private static Duration duration(
            Function<String, @Nullable String> lookup, String name, String preset, String least, String most) {
        String text = lookup.apply(name);
        Duration value = Durations.parse(name, text == null || text.isBlank() ? preset : text);
        if (value.compareTo(Durations.parse(name, least)) < 0 || value.compareTo(Durations.parse(name, most)) > 0) {
            throw new IllegalArgumentException("The setting " + property(name) + " (" + text
                    + ") is out of range. Choose " + least + " to " + most + ".");
        }
        return value;
    }

    private static String text(Function<String, @Nullable String> lookup, String name) {
        String text = lookup.apply(name);
        return text == null ? "" : text.strip();
    }

    private static int percent(Function<String, @Nullable String> lookup, String name, int preset) {
        long value = number(lookup, name, preset);
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException(
                    "The setting " + property(name) + " (" + value + ") is out of range. Choose 1 to 100.");
        }
        return (int) value;
    }

    private static long number(Function<String, @Nullable String> lookup, String name, long preset) {
        String text = lookup.apply(name);
        if (text == null || text.isBlank()) {
            return preset;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "The setting " + property(name) + " (" + text + ") is no whole number. Write one, for example "
                            + preset + ".",
                    malformed);
        }
    }

    static String property(String name) {
        return "drover." + name;
    }
}

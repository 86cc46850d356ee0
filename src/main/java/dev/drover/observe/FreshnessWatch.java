package dev.drover.observe;

import dev.drover.config.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The freshness of all caches together. */
final class FreshnessWatch {

    /** The fewest comparisons begun in one step. */
    private static final int QUESTIONS = 2;

    private final List<FreshnessProbe> probes = new ArrayList<>();
    private final Presence own;
    private final Settings settings;
    private final Instant started;

    /** @param own the presence of Drover's kinds: without them nothing can be decided */
    FreshnessWatch(KubernetesClient client, List<Watched<?>> caches, Presence own, Settings settings, Instant started) {
        for (Watched<?> cache : caches) {
            probes.add(new FreshnessProbe(cache, new Inquiry(client, cache), settings));
        }
        this.own = own;
        this.settings = settings;
        this.started = started;
    }

    /** Compares what is due, the longest waiting first. To be called about once a second, by one thread. */
    void step(Instant now) {
        int questions = questions();
        List<FreshnessProbe> waiting = probes.stream()
                .filter(probe -> probe.cache().started())
                .sorted(Comparator.comparing(FreshnessProbe::askedAt))
                .toList();
        for (FreshnessProbe probe : waiting) {
            if (probe.step(now, questions > 0)) {
                questions--;
            }
        }
    }

    /** Twice what the interval needs, so that comparisons are spread over it and none is left behind. */
    private int questions() {
        long seconds = Math.max(1, settings.freshnessInterval().toSeconds());
        return Math.max(QUESTIONS, (int) Math.ceilDiv(2L * probes.size(), seconds));
    }

    Freshness freshness(Instant now) {
        List<String> reasons = new ArrayList<>();
        Instant since = now;
        SortedSet<String> missing = new TreeSet<>(own.missing());
        if (!missing.isEmpty()) {
            reasons.add(
                    "The API server does not serve %s of %s. Apply Drover's definitions: kubectl apply --server-side -f crds/."
                            .formatted(String.join(", ", missing), own.apiVersion()));
            since = started;
        }
        for (FreshnessProbe probe : probes) {
            String reason = probe.cache().started() ? doubt(probe, now) : null;
            if (reason != null) {
                reasons.add(reason);
                Instant proven = probe.provenAt() == null ? started : probe.provenAt();
                since = proven.isBefore(since) ? proven : since;
            }
        }
        return reasons.isEmpty()
                ? Freshness.FRESH
                : new Freshness(false, reasons, Duration.between(since, now).toSeconds());
    }

    private @Nullable String doubt(FreshnessProbe probe, Instant now) {
        String plural = probe.cache().plural();
        if (!probe.cache().synced()) {
            return "The cache of %s has not been filled yet. See whether Drover may list and watch them."
                    .formatted(plural);
        }
        if (probe.problem() != null) {
            return probe.problem();
        }
        Duration most = settings.freshnessInterval()
                .multipliedBy(2)
                .plus(settings.freshnessGrace().multipliedBy(3));
        Instant proven = probe.provenAt();
        if (proven == null || proven.plus(most).isBefore(now)) {
            return "The cache of %s could not be compared with the API server for a while. See whether it answers."
                    .formatted(plural);
        }
        return null;
    }
}

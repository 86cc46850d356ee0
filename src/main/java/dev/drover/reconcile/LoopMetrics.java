package dev.drover.reconcile;

import dev.drover.placement.Score;
import dev.drover.plan.History;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What the loop shows on the management port. Safe for threads: gauges are read while the loop writes. */
final class LoopMetrics {
    private final MeterRegistry meters;
    private final Map<String, AtomicReference<Double>> scores = new ConcurrentHashMap<>();
    private final Map<String, AtomicReference<Double>> wanted = new ConcurrentHashMap<>();
    private final AtomicReference<Double> unsynced = new AtomicReference<>(0.0);
    private final AtomicReference<Double> violations = new AtomicReference<>(0.0);

    LoopMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("drover.cache.unsynced.seconds", unsynced, AtomicReference::get)
                .description(
                        "For how long what Drover sees may have been out of date; nothing moves while it is not 0.")
                .register(meters);
        Gauge.builder("drover.violations", violations, AtomicReference::get)
                .description("Breaches of constraints that are acted on, now.")
                .register(meters);
    }

    void cycle(View view, List<PoolOutcome> outcomes) {
        unsynced.set((double) view.snapshot().freshness().secondsUnsynced());
        violations.set((double) view.violations().size());
        forget(scores, "drover.policy.score", view.policies().keySet());
        forget(wanted, "drover.policy.moves.wanted", view.policies().keySet());
        for (PoolOutcome outcome : outcomes) {
            String policy = outcome.pool().policy().name();
            Score score = outcome.score();
            if (score != null) {
                gauge(
                                scores,
                                "drover.policy.score",
                                "How well the policy's virtual machines are served, 0 to 100.",
                                policy)
                        .set(score.value());
            }
            gauge(wanted, "drover.policy.moves.wanted", "1 while there are moves that are worth making.", policy)
                    .set(outcome.movesWanted() ? 1.0 : 0.0);
        }
    }

    /** A policy that is gone must not go on having a score. */
    private void forget(Map<String, AtomicReference<Double>> known, String name, Set<String> present) {
        for (String policy : known.keySet()) {
            if (!present.contains(policy) && known.remove(policy) != null) {
                meters.find(name).tag("policy", policy).gauges().forEach(meters::remove);
            }
        }
    }

    void migration(History.Entry entry) {
        meters.counter(
                        "drover.migrations",
                        "outcome",
                        entry.end().name().toLowerCase(Locale.ROOT),
                        "author",
                        entry.author().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private AtomicReference<Double> gauge(
            Map<String, AtomicReference<Double>> known, String name, String description, String policy) {
        return known.computeIfAbsent(policy, added -> {
            AtomicReference<Double> value = new AtomicReference<>(0.0);
            Gauge.builder(name, value, AtomicReference::get)
                    .description(description)
                    .tag("policy", added)
                    .register(meters);
            return value;
        });
    }
}

package dev.drover.reconcile;

import dev.drover.forecast.Outlook;
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
    private final AtomicReference<Double> unsynced = new AtomicReference<>(0.0);
    private final AtomicReference<Double> violations = new AtomicReference<>(0.0);
    private final OfPolicies scores;
    private final OfPolicies wanted;
    private final OfPolicies circuits;
    private final OfPolicies forecasts;

    LoopMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("drover.cache.unsynced.seconds", unsynced, AtomicReference::get)
                .description(
                        "For how long what Drover sees may have been out of date; nothing moves while it is not 0.")
                .register(meters);
        Gauge.builder("drover.violations", violations, AtomicReference::get)
                .description("Breaches of constraints that are acted on, now.")
                .register(meters);
        scores = new OfPolicies("drover.policy.score", "How well the policy's virtual machines are served, 0 to 100.");
        wanted = new OfPolicies("drover.policy.moves.wanted", "1 while there are moves that are worth making.");
        circuits = new OfPolicies(
                "drover.policy.circuit.open",
                "1 while too many migrations failed and a person has to approve each plan.");
        forecasts = new OfPolicies(
                "drover.policy.forecasts.trusted",
                "Virtual machines of the policy whose demand is forecast better than by the same as now.");
    }

    void cycle(View view, List<PoolOutcome> outcomes) {
        unsynced.set((double) view.snapshot().freshness().secondsUnsynced());
        violations.set((double) view.violations().size());
        List.of(scores, wanted, circuits, forecasts)
                .forEach(gauges -> gauges.keep(view.policies().keySet()));
        for (PoolOutcome outcome : outcomes) {
            String policy = outcome.pool().policy().name();
            scores.set(policy, outcome.score().value());
            wanted.set(policy, outcome.movesWanted() ? 1 : 0);
            circuits.set(policy, outcome.circuitOpen() ? 1 : 0);
            forecasts.set(
                    policy,
                    view.snapshot()
                            .outlookOf()
                            .getOrDefault(policy, Outlook.NONE)
                            .trusted());
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

    /** One figure of each policy. */
    private final class OfPolicies {
        private final String name;
        private final String description;
        private final Map<String, AtomicReference<Double>> values = new ConcurrentHashMap<>();

        OfPolicies(String name, String description) {
            this.name = name;
            this.description = description;
        }

        void set(String policy, double value) {
            values.computeIfAbsent(policy, this::register).set(value);
        }

        private AtomicReference<Double> register(String policy) {
            AtomicReference<Double> value = new AtomicReference<>(0.0);
            Gauge.builder(name, value, AtomicReference::get)
                    .description(description)
                    .tag("policy", policy)
                    .register(meters);
            return value;
        }

        /** A policy that is gone must not go on having a figure. */
        void keep(Set<String> present) {
            for (String policy : values.keySet()) {
                if (!present.contains(policy) && values.remove(policy) != null) {
                    meters.find(name).tag("policy", policy).gauges().forEach(meters::remove);
                }
            }
        }
    }
}

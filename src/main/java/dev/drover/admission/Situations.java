package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.observe.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest {@link Situation}. It is compiled when the cluster changed, on a thread of its own, so that the webhook finds it
 * ready. Safe for threads.
 */
final class Situations {
    private final AdmissionContext context;
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable Situation newest;

    Situations(AdmissionContext context) {
        this.context = context;
    }

    /** Empty until the caches have been filled once. */
    Optional<Situation> newest() {
        return Optional.ofNullable(newest);
    }

    /** Whether what {@link #newest} shows can be trusted. */
    boolean fresh() {
        return context.observer().freshness().fresh();
    }

    /** Compiles the caches' present state; returns at once when another thread does so for longer than {@code patience}. */
    void refresh(Duration patience) {
        try {
            if (building.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    build();
                } finally {
                    building.unlock();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The newest situation, compiled anew when the one at hand does not show this instance: its pod may come right behind it. */
    Optional<Situation> showing(String instanceUid, Duration patience) {
        Situation present = newest;
        if (present == null || present.vm(instanceUid).isEmpty()) {
            refresh(patience);
        }
        return newest();
    }

    private void build() {
        if (!context.observer().ready()) {
            return;
        }
        Snapshot snapshot = context.observer().snapshot();
        List<Constraint> constraints = context.inForce().apply(snapshot);
        newest = Situation.of(
                snapshot.cluster(),
                constraints,
                ConstraintCompiler.compile(snapshot.cluster(), constraints),
                pools(snapshot),
                new ServiceWishes(snapshot.members(), context.settings().most()));
    }

    private List<Situation.Pool> pools(Snapshot snapshot) {
        Map<String, AdmissionMode> modes = new HashMap<>();
        snapshot.policies()
                .forEach(policy -> modes.put(
                        policy.getMetadata().getName(), policy.getSpec().admission()));
        return snapshot.pools().pools().stream()
                .map(pool -> new Situation.Pool(
                        Situation.weaker(
                                modes.getOrDefault(pool.policy().name(), AdmissionMode.OFF),
                                context.settings().most()),
                        pool.policy().goal(),
                        pool.nodes()))
                .toList();
    }
}

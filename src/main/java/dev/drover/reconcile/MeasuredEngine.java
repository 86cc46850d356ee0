package dev.drover.reconcile;

import dev.drover.placement.Engine;
import dev.drover.placement.Instance;
import dev.drover.placement.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The engine, and how long it has searched: what a cycle costs beside the search is a figure of its own. Used by the loop's thread only. */
final class MeasuredEngine implements Engine {
    private final Engine engine;
    private final InstantSource clock;
    private Duration searched = Duration.ZERO;

    MeasuredEngine(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public Outcome solve(Instance instance) {
        Instant begun = clock.instant();
        Outcome outcome = engine.solve(instance);
        searched = searched.plus(Duration.between(begun, clock.instant()));
        return outcome;
    }

    /** Since it was asked the last time. */
    Duration takeSearched() {
        Duration result = searched;
        searched = Duration.ZERO;
        return result;
    }
}

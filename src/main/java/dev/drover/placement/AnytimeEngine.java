package dev.drover.placement;

import dev.drover.constraint.Conflict;
import dev.drover.constraint.Deadlock;
import dev.drover.model.Vm;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The engine: a deterministic search from the present placement, first near and then wide. See {@link Descent} and {@link WideSearch} for the method, {@link Worth} for what is worth
 * a migration, {@link Score} for the objective. Every move fits while all sources are still held, so an outcome may be performed in
 * any order; but to mend a rule one may enter a place that another leaves, and then it follows that one. Where rules stay broken it asks once for a
 * proof that they cannot hold ({@link Deadlock}). Safe for threads.
 */
public final class AnytimeEngine implements Engine {
    /** Whether a wide search keeps what is only preferred: what it wins so is taken before what it wins at the cost of preferences. */
    private static final boolean[] KEPT_THEN_FREE = {true, false};

    private static final boolean[] FREE = {false};

    private final InstantSource clock;
    private final ToDoubleFunction<Vm> migrationSeconds;

    /**
     * @param clock only to stop a search that takes longer than its {@link Effort}
     * @param migrationSeconds how long a virtual machine is expected to migrate
     */
    public AnytimeEngine(InstantSource clock, ToDoubleFunction<Vm> migrationSeconds) {
        this.clock = clock;
        this.migrationSeconds = migrationSeconds;
    }

    /** An arrangement where a descent ended. */
    private record Found(Arrangement at, Descent descent) {}

    @Override
    public Outcome solve(Instance instance) {
        long deadline = clock.millis() + instance.effort().millis();
        Arrangement before = new Arrangement(instance, migrationSeconds);
        Worth worth = new Worth(instance.goal(), before.load.openNodes());
        Found near = descended(new Arrangement(instance, migrationSeconds), worth, deadline);
        Found best = near;
        for (boolean keepsWishes : near.at.hasWishes() ? KEPT_THEN_FREE : FREE) {
            if (best.descent.leavesMore()) {
                Arrangement wide = new Arrangement(instance, migrationSeconds);
                // Contention is the more urgent: the search that may win most of it gets its part of the time.
                long millis = (deadline - clock.millis()) / (keepsWishes ? 2 : 1);
                new WideSearch(near.at, worth, keepsWishes).run(wide, Math.max(1, millis), clock);
                Found further = descended(wide, worth, deadline);
                best = worth.justifies(best.at.cost(), further.at.cost()) ? further : best;
            }
        }
        best.descent.clear();
        return outcome(instance, before, best.at, deadline);
    }

    private Found descended(Arrangement from, Worth worth, long deadline) {
        Descent descent = new Descent(from, worth, clock, deadline);
        descent.run();
        return new Found(from, descent);
    }

    private Outcome outcome(Instance instance, Arrangement before, Arrangement after, long deadline) {
        List<Relocation> relocations = new Explanation(before, after).relocations();
        Score score = before.score();
        if (clock.millis() > deadline) {
            return new Outcome.TimedOut(score, after.score(), relocations);
        }
        Optional<Conflict> deadlock = after.violations() == 0 ? Optional.empty() : deadlock(instance, after);
        if (deadlock.isPresent()) {
            return new Outcome.Infeasible(score, after.score(), relocations, deadlock.get());
        }
        return relocations.isEmpty()
                ? new Outcome.AlreadyGood(score)
                : new Outcome.Improved(score, after.score(), relocations);
    }

    private static Optional<Conflict> deadlock(Instance instance, Arrangement at) {
        if (instance.constraints().isEmpty()) {
            return Optional.empty();
        }
        BitSet movable = Scope.able(instance, at.sizes());
        return Deadlock.find(instance.cluster(), instance.constraints(), movable, instance.nodes());
    }
}

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

    @Override
    public Outcome solve(Instance instance) {
        long deadline = clock.millis() + instance.effort().millis();
        Arrangement before = new Arrangement(instance, migrationSeconds);
        Arrangement after = new Arrangement(instance, migrationSeconds);
        Worth worth = new Worth(instance.goal(), after.load.openNodes());
        Descent descent = new Descent(after, worth, clock, deadline);
        descent.run();
        if (descent.leavesMore()) {
            Arrangement wide = new Arrangement(instance, migrationSeconds);
            new WideSearch(after, worth).run(wide, Math.max(1, deadline - clock.millis()), clock);
            Descent polish = new Descent(wide, worth, clock, deadline);
            polish.run();
            if (worth.justifies(after.cost(), wide.cost())) {
                after = wide;
                descent = polish;
            }
        }
        descent.clear();
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

package dev.drover.placement;

import dev.drover.model.Vm;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The engine: a deterministic descent from the present placement. See {@link Search} for the method, {@link Worth} for what is worth
 * a migration, {@link Score} for the objective. Every move fits while all sources are still held, so an outcome may be performed in
 * any order; but to mend a rule one may enter a place that another leaves, and then it follows that one. Safe for threads.
 */
public final class LocalSearchEngine implements Engine {
    private final InstantSource clock;
    private final ToDoubleFunction<Vm> migrationSeconds;

    /**
     * @param clock only to stop a search that takes longer than its {@link Effort}
     * @param migrationSeconds how long a virtual machine is expected to migrate
     */
    public LocalSearchEngine(InstantSource clock, ToDoubleFunction<Vm> migrationSeconds) {
        this.clock = clock;
        this.migrationSeconds = migrationSeconds;
    }

    @Override
    public Outcome solve(Instance instance) {
        Arrangement before = new Arrangement(instance, migrationSeconds);
        Arrangement after = new Arrangement(instance, migrationSeconds);
        Worth worth = new Worth(instance.goal().aggressiveness(), after.load.openNodes());
        Search search = new Search(after, worth, clock);
        search.run();
        List<Relocation> relocations = new Explanation(before, after).relocations();
        Score score = before.score();
        if (search.late()) {
            return new Outcome.TimedOut(score, after.score(), relocations);
        }
        return relocations.isEmpty()
                ? new Outcome.AlreadyGood(score)
                : new Outcome.Improved(score, after.score(), relocations);
    }
}

package dev.drover.reconcile;

import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Instance;
import dev.drover.placement.Score;
import dev.drover.plan.Pools.Pool;
import java.util.BitSet;

/** How well one policy's virtual machines are served as they are. */
final class Scores {
    private static final Effort NONE = new Effort(0, 0, 1);

    private final Engine engine;

    Scores(Engine engine) {
        this.engine = engine;
    }

    Score of(View view, Pool pool) {
        return engine.solve(new Instance(
                        view.cluster(),
                        view.rules(),
                        new BitSet(),
                        pool.nodes(),
                        pool.policy().goal(),
                        NONE))
                .before();
    }
}

package dev.drover.reconcile;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Instance;
import dev.drover.placement.Score;
import dev.drover.plan.Move;
import dev.drover.plan.Pools.Pool;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How well one policy's virtual machines are served, as they are and as they would be. */
final class Scores {
    private static final Effort NONE = new Effort(0, 0, 1);

    private final Engine engine;

    Scores(Engine engine) {
        this.engine = engine;
    }

    Score of(View view, Pool pool) {
        return of(view.cluster(), view.rules(), pool);
    }

    /** What these moves lead to, and no others: a planner may have refused some that the engine counted on. */
    Score after(View view, Pool pool, Collection<Move> moves) {
        Cluster now = view.cluster();
        Map<VmId, Vm> vms = new HashMap<>();
        now.vms().forEach(vm -> vms.put(vm.id(), vm));
        moves.forEach(move -> vms.computeIfPresent(move.vm(), (id, vm) -> vm.at(move.to(), null)));
        Cluster then = new Cluster(
                now.takenAt(), now.nodes(), List.copyOf(vms.values()), now.pods(), now.migrations(), now.namespaces());
        // Compiled again: who has to leave depends on where everybody is.
        return of(then, ConstraintCompiler.compile(then, view.active()), pool);
    }

    private Score of(Cluster cluster, CompiledRules rules, Pool pool) {
        return engine.solve(new Instance(
                        cluster,
                        rules,
                        new BitSet(),
                        pool.nodes(),
                        pool.policy().goal(),
                        NONE))
                .before();
    }
}

package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.constraint.Rule;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Instance;
import dev.drover.placement.Outcome;
import dev.drover.placement.Relocation.Reason;
import dev.drover.placement.World;
import dev.drover.plan.Budget;
import dev.drover.plan.Move;
import dev.drover.plan.Plan;
import dev.drover.plan.Planner;
import dev.drover.plan.Pools.Pool;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private final Engine engine = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);
    private final View view = Situation.of(World.ofNodes(4).vms(6, "web", "n1", 1_600))
            .with(Policies.standard(PolicyMode.AUTOMATIC))
            .view();
    private final Pool pool = view.pools().pools().getFirst();
    private final Scores scores = new Scores(engine);

    @Test
    void the_moves_of_a_whole_plan_lead_to_the_score_that_the_engine_promises() {
        Outcome.Improved improved = improved();

        assertThat(scores.after(view, pool, moves(improved)).value())
                .isCloseTo(improved.after().value(), within(1e-9));
        assertThat(scores.of(view, pool)).isEqualTo(improved.before());
    }

    @Test
    void a_part_of_them_leads_to_a_part_of_it() {
        Outcome.Improved improved = improved();
        List<Move> moves = moves(improved);
        assertThat(moves).hasSizeGreaterThan(1);

        double half = scores.after(view, pool, moves.subList(0, 1)).value();

        assertThat(half)
                .isBetween(improved.before().value() + 1, improved.after().value() - 1);
    }

    @Test
    void a_virtual_machine_that_left_a_forbidden_node_breaks_nothing_any_more() {
        View forbidden = Situation.of(World.ofNodes(2)
                        .vm("web", "n1", 1_000, "app=web")
                        .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=web"))
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .view();
        Pool nodes = forbidden.pools().pools().getFirst();
        Move leaves = new Move(
                "m0", World.id("web"), "vm-web", "n1", "n2", List.of(), Reason.CONSTRAINT_REPAIR, "", 1, 0, 10);

        assertThat(scores.of(forbidden, nodes).violations()).isEqualTo(1);
        assertThat(scores.after(forbidden, nodes, List.of(leaves)).violations()).isZero();
    }

    private List<Move> moves(Outcome.Improved improved) {
        Budget budget = pool.policy().budget();
        Plan plan = new Planner().plan(view.cluster(), view.active(), improved.moves(), budget, pool.nodes());
        assertThat(plan.refused()).isEmpty();
        return plan.moves();
    }

    private Outcome.Improved improved() {
        BitSet all = new BitSet();
        all.set(0, view.cluster().vms().size());
        Outcome outcome = engine.solve(new Instance(
                view.cluster(), view.rules(), all, pool.nodes(), pool.policy().goal(), new Effort(1, 500, 60_000)));
        return (Outcome.Improved) outcome;
    }
}

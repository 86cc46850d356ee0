package dev.drover.placement;

import static dev.drover.placement.EngineCase.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an outcome of the engine says beside its moves. */
class AnytimeEngineTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    @Test
    void a_relief_says_the_figures_before_and_after() {
        World world = World.ofNodes(2).vm("a", "n1", 6_000).vm("b", "n1", 3_300).vm("c", "n2", 1_000);
        Relocation relocation = ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT))
                .moves()
                .getFirst();
        assertThat(relocation.reason()).isEqualTo(Relocation.Reason.BALANCE);
        assertThat(relocation.why()).isEqualTo("n1 at 93% of cpu, target 80%; after: 60%");
        assertThat(relocation.gain()).isPositive();
    }

    @Test
    void a_repair_names_the_constraint() {
        World world = World.ofNodes(2)
                .vm("a", "n1", 3_000, "app=web")
                .vm("b", "n1", 1_000, "app=web")
                .rule(SPREAD, "app=web");
        Relocation relocation = ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT))
                .moves()
                .getFirst();
        assertThat(relocation.reason()).isEqualTo(Relocation.Reason.CONSTRAINT_REPAIR);
        assertThat(relocation.why()).isEqualTo("leaves n1: Spread spread-1 (namespace shop)");
    }

    @Test
    void those_that_go_along_say_with_which_rule() {
        World world = World.ofNodes(2)
                .vm("a", "n1", 1_000, "app=web", "not=n1")
                .vm("b", "n1", 1_000, "app=web")
                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web")
                .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "not=n1");
        assertThat(ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT)).moves())
                .extracting(Relocation::why)
                .containsExactly(
                        "leaves n1: ForbiddenNodes forbiddennodes-2 (namespace shop)",
                        "goes along with others from n1: Colocate colocate-1 (namespace shop)");
    }

    @Test
    void native_anti_affinity_keeps_a_machine_from_the_idle_node() {
        PodTerm term = new PodTerm(
                Selector.of(Map.of("app", "web")), Set.of(World.NAMESPACE), Selector.NOTHING, Node.HOSTNAME_LABEL);
        Scheduling apart = new Scheduling(Map.of(), List.of(), List.of(), List.of(), List.of(term), List.of());
        World world = World.ofNodes(3)
                .vm("web-1", "n1", 6_000, "app=web")
                .vm("batch", "n1", 3_500)
                .notLive("batch")
                .vm("web-2", "n2", 500, "app=web")
                .vm("other", "n3", 2_000)
                .scheduling("web-1", apart);
        Goal relief = new Goal(1, 1, 0.80, 0.85, 2, 256);
        List<Relocation> relocations =
                ENGINE.solve(world.instance(relief, Effort.DEFAULT)).moves();
        assertThat(relocations).singleElement().returns("n3", Relocation::to);
    }

    @Test
    void no_more_moves_are_proposed_than_the_goal_allows() {
        World world = World.ofNodes(4).vms(20, "small", "n1", 1_000);
        Goal goal = new Goal(1, 1, 0.80, 0.85, 5, 3);
        assertThat(ENGINE.solve(world.instance(goal, Effort.DEFAULT)).moves()).hasSize(3);
    }

    @Test
    void a_breach_that_nothing_can_repair_is_no_reason_to_move() {
        World world = World.ofNodes(2).vms(3, "web", "n1", 1_000, "app=web").rule(SPREAD, "app=web");
        Outcome outcome = ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT));
        assertThat(outcome.before().violations()).isEqualTo(2);
        assertThat(outcome.moves()).hasSize(1);
    }

    @Test
    void a_domain_that_no_member_may_enter_makes_no_breach_of_a_skew() {
        World world = World.ofNodes(3)
                .vms(2, "web", "n2", 1_000, "app=web")
                .vm("web-3", "n3", 1_000, "app=web")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.of(1)), "app=web");
        assertThat(ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT))
                        .before()
                        .violations())
                .isEqualTo(1);
        assertThat(ENGINE.solve(world.cordoned("n1").instance(Goal.DEFAULT, Effort.DEFAULT))
                        .before()
                        .violations())
                .isZero();
    }

    @Test
    void a_node_that_has_nothing_spoils_no_figure() {
        World world = World.ofNodes(2)
                .sized("n3", "z3", 0, 0)
                .vms(9, "small", "n1", 1_000)
                .vm("lost", "n3", 1_000);
        Outcome outcome = ENGINE.solve(world.instance(Goal.DEFAULT, Effort.DEFAULT));

        assertThat(outcome.before().value()).isBetween(0.0, 100.0);
        assertThat(outcome.moves())
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move.to()).isNotEqualTo("n3"))
                .allSatisfy(move -> assertThat(move.gain()).isFinite());
    }

    @Test
    void an_engine_out_of_time_says_so() {
        InstantSource hurrying = new InstantSource() {
            private long seconds;

            @Override
            public java.time.Instant instant() {
                return World.NOW.plusSeconds(++seconds * 3600);
            }
        };
        World world = World.ofNodes(10).vms(100, "small", "n1", 1_000);
        Outcome outcome = new AnytimeEngine(hurrying, vm -> 10).solve(world.instance(Goal.DEFAULT, Effort.DEFAULT));
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    }
}

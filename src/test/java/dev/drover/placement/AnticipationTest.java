package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.forecast.Outlook;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.plan.Judge;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A node has ten cores; one that needs more than eight is hot. */
class AnticipationTest {
    private static final Anticipation ANTICIPATION = new Anticipation(EngineCase.ENGINE);
    private static final Goal GOAL = Goal.DEFAULT;

    @Test
    void a_node_that_is_forecast_to_be_hot_is_relieved_before() {
        World world = World.ofNodes(2).vms(3, "web", "n1", 1_000).vm("db", "n2", 1_000);

        List<Relocation> moves = moves(world, new Said().ofAll(3, "web", 3_000).outlook());

        assertThat(moves).singleElement().satisfies(move -> {
            assertThat(move.reason()).isEqualTo(Relocation.Reason.FORECAST);
            assertThat(move.from()).isEqualTo("n1");
            assertThat(move.to()).isEqualTo("n2");
            assertThat(move.why()).isEqualTo("n1 at 90% of cpu, target 80%; after: 60%");
        });
    }

    @Test
    void without_a_forecast_of_a_hot_node_nothing_moves_however_uneven_nodes_are() {
        World world = World.ofNodes(2).vms(6, "web", "n1", 1_000);

        assertThat(moves(world, new Said().ofAll(6, "web", 1_200).outlook())).isEmpty();
        assertThat(moves(world, Outlook.NONE)).isEmpty();
    }

    @Test
    void a_node_that_is_hot_now_takes_nothing_though_it_will_be_idle() {
        World world = World.ofNodes(2).vms(3, "web", "n1", 1_000).vms(4, "batch", "n2", 1_900);
        for (int number = 1; number <= 4; number++) {
            world.notLive("batch-" + number);
        }

        assertThat(moves(
                        world,
                        new Said().ofAll(3, "web", 3_000).ofAll(4, "batch", 100).outlook()))
                .isEmpty();
    }

    @Test
    void the_node_is_taken_that_can_bear_it_now_and_then() {
        World world = World.ofNodes(3)
                .vms(3, "web", "n1", 1_000)
                .vms(4, "batch", "n2", 1_900)
                .vm("db", "n3", 3_000);

        List<Relocation> moves = moves(
                world, new Said().ofAll(3, "web", 3_000).ofAll(4, "batch", 100).outlook());

        assertThat(moves).singleElement().satisfies(move -> assertThat(move.to())
                .isEqualTo("n3"));
    }

    @Test
    void what_does_not_fit_by_its_requests_does_not_move() {
        World world =
                World.ofNodes(2).vms(3, "web", "n1", 1_000).vm("db", "n2", 100).requesting("db", 9_950, 1);

        assertThat(moves(world, new Said().ofAll(3, "web", 3_000).outlook())).isEmpty();
    }

    @Test
    void constraints_hold_as_ever() {
        World world = World.ofNodes(2)
                .vm("web-1", "n1", 4_000, "app=web")
                .vm("db", "n1", 2_000)
                .vm("web-2", "n2", 100, "app=web")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "app=web");

        assertThat(moves(world, new Said().of("web-1", 7_000).outlook()))
                .singleElement()
                .satisfies(move -> assertThat(move.vm()).isEqualTo(World.id("db")));
    }

    /** Whatever is forecast: never more contention now, never a rule broken or a node too small. */
    @Property(tries = 300)
    void whatever_is_forecast_now_is_never_made_worse(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = random.nextInt(2, 6);
        World world = World.ofNodes(nodes);
        Said said = new Said();
        int vms = random.nextInt(1, 25);
        for (int vm = 1; vm <= vms; vm++) {
            world.vm("vm-" + vm, "n" + random.nextInt(1, nodes + 1), random.nextInt(50, 4_000));
            if (random.nextInt(4) > 0) {
                said.of("vm-" + vm, random.nextInt(0, 8_000));
            }
        }
        Instance instance = world.instance(GOAL, Effort.DEFAULT);
        Cluster then = said.outlook().at(0, instance.cluster());

        List<Relocation> moves = ANTICIPATION.find(instance, then);

        Judge.assertSafe(instance.cluster(), world.constraints(), moves);
        assertThat(Anticipation.worsens(instance.cluster(), Anticipation.ends(moves), instance))
                .isFalse();
        assertThat(Anticipation.betters(then, Anticipation.ends(moves), instance))
                .isEqualTo(!moves.isEmpty());
    }

    private static List<Relocation> moves(World world, Outlook outlook) {
        Instance instance = world.instance(GOAL, Effort.DEFAULT);
        Cluster then = outlook.times().isEmpty() ? instance.cluster() : outlook.at(0, instance.cluster());
        return ANTICIPATION.find(instance, then);
    }
}

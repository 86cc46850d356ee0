package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ActionWindow;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.forecast.Outlook;
import dev.drover.placement.Said;
import dev.drover.placement.World;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole stories of the loop with a forecast. A node has ten cores; one that needs more than eight is hot. */
class PremoveTest {
    private static final PlacementPolicy AUTOMATIC = Policies.standard(PolicyMode.AUTOMATIC);
    private static final Outlook PEAK = new Said().ofAll(3, "web", 3_000).outlook();

    /** Even enough that only the forecast asks for something. */
    private static World calm() {
        return World.ofNodes(2).vms(3, "web", "n1", 1_000).vm("db", "n2", 2_000);
    }

    @Test
    void a_node_that_is_forecast_to_be_hot_is_relieved_and_the_plan_says_which_when_and_how_hot() {
        LoopWorld loop = new LoopWorld(calm(), List.of(AUTOMATIC), Wire.good()).forecasting(PEAK);

        LoopWorld.End end = loop.live();

        assertThat(end.plans()).containsExactly("TRUE Completed");
        assertThat(end.nodeOf().values().stream().filter("n1"::equals)).hasSize(2);
        MigrationPlan plan = loop.plans().first();
        assertThat(plan.getSpec().reason()).isEqualTo(MoveReason.FORECAST);
        assertThat(plan.getSpec().moves()).singleElement().satisfies(move -> {
            assertThat(move.reason()).isEqualTo(MoveReason.FORECAST);
            assertThat(move.message())
                    .isEqualTo(
                            "n1 is forecast to be at 90% of cpu at 2026-01-01T00:30:00Z, target 80%; after: 60% (3 forecasts, so far 50 % less wrong than the same as now)");
        });
    }

    @Test
    void a_forecast_that_is_no_better_than_the_same_as_now_moves_nothing() {
        Said doubted = new Said();
        for (int number = 1; number <= 3; number++) {
            doubted.doubted("web-" + number, 3_000);
        }

        LoopWorld.End end = new LoopWorld(calm(), List.of(AUTOMATIC), Wire.good())
                .forecasting(doubted.outlook())
                .live();

        assertThat(end.plans()).isEmpty();
    }

    /** It says so for ever, and nothing of it ever comes: each cycle believes it again. */
    @Test
    void a_forecast_that_is_always_wrong_costs_a_move_and_no_more() {
        LoopWorld loop = new LoopWorld(calm(), List.of(AUTOMATIC), Wire.good())
                .forecasting(new Said().ofAll(3, "web", 30_000).of("db", 30_000).outlook());

        LoopWorld.End end = loop.live();

        assertThat(end.historyOf().values())
                .allSatisfy(moves -> assertThat(moves).hasSizeLessThanOrEqualTo(1));
        assertThat(end.nodeOf().values()).contains("n1", "n2");
    }

    @Test
    void outside_its_window_nothing_moves() {
        int later = (World.NOW.atZone(ZoneOffset.UTC).getHour() + 12) % 24;
        PlacementPolicy closed = Policies.standard(
                PolicyMode.AUTOMATIC, Policies.during(new ActionWindow("0 %d * * *".formatted(later), 3600, null)));

        LoopWorld.End end = new LoopWorld(calm(), List.of(closed), Wire.good())
                .forecasting(PEAK)
                .live();

        assertThat(end.plans()).isEmpty();
    }

    @Test
    void a_person_is_asked_where_the_policy_says_so() {
        LoopWorld loop =
                new LoopWorld(calm(), List.of(Policies.standard(PolicyMode.RECOMMEND)), Wire.good()).forecasting(PEAK);

        LoopWorld.End end = loop.live();

        assertThat(loop.plans().first().getSpec().approval()).isNull();
        assertThat(loop.plans().first().getSpec().reason()).isEqualTo(MoveReason.FORECAST);
        assertThat(end.historyOf().values())
                .allSatisfy(moves -> assertThat(moves).isEmpty());
    }

    @Test
    void a_node_that_is_hot_goes_before_one_that_is_forecast_to_be() {
        World world = World.ofNodes(4)
                .vms(3, "web", "n1", 1_000)
                .vms(3, "app", "n2", 3_000)
                .vm("db", "n3", 1_000)
                .vm("mail", "n4", 1_000);
        LoopWorld loop = new LoopWorld(world, List.of(AUTOMATIC), Wire.good()).forecasting(PEAK);

        loop.live();

        assertThat(loop.plans().list().plans())
                .extracting(plan -> plan.getSpec().reason())
                .containsExactly(MoveReason.BALANCE, MoveReason.FORECAST);
    }

    /** All are on n1, which is uneven; but db, the only one that may move, is to need much where it would go. */
    @Test
    void nodes_are_not_evened_out_at_the_cost_of_a_forecast() {
        World world = World.ofNodes(2)
                .vms(3, "web", "n1", 1_000)
                .notLive("web-1")
                .notLive("web-2")
                .notLive("web-3")
                .vm("db", "n1", 2_000)
                .vm("batch", "n2", 100)
                .notLive("batch");
        LoopWorld.End without = new LoopWorld(world, List.of(AUTOMATIC), Wire.good()).live();
        assertThat(without.nodeOf()).containsEntry("db", "n2");

        LoopWorld.End with = new LoopWorld(world, List.of(AUTOMATIC), Wire.good())
                .forecasting(
                        new Said().of("batch", 7_900).ofAll(3, "web", 1_500).outlook())
                .live();

        assertThat(with.nodeOf()).containsEntry("db", "n1");
    }
}

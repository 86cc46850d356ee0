package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.sequence.Setting;
import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Relief;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import dev.drover.plan.sequence.Refusal;
import dev.drover.plan.sequence.SequenceCheck;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.Sequencing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the search and the relief do to fleets, judged by the evaluator, which shares no code with them. */
class FleetPropertyTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

    @Property(tries = 100)
    void a_rebalanced_fleet_breaks_no_rule_and_costs_what_the_search_says_and_no_less_than_the_bound(
            @ForAll long seed) {
        Fleet fleet = RandomFleets.of(seed);
        Problem problem = FleetProblem.rebalance(fleet);

        List<Long> told = new ArrayList<>();
        Search.Found found =
                Search.run(problem, new SearchEffort(seed, 2, 0, 100_000), STILL, (millis, cost) -> told.add(cost));

        FleetEvaluator after = new FleetEvaluator(fleet, found.nodeOf());
        assertThat(after.breaches()).isEmpty();
        assertThat(found.cost()).isEqualTo(after.cost()).isEqualTo(told.getLast());
        assertThat(told).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
        assertThat(after.cost())
                .isLessThanOrEqualTo(new FleetEvaluator(fleet, fleet.nodesNow()).cost())
                .isGreaterThanOrEqualTo(bound(fleet));
    }

    private static long bound(Fleet fleet) {
        return RemovalBound.ofCost(fleet);
    }

    @Property(tries = 100)
    void a_repaired_fleet_has_no_node_over_its_capacity_and_no_fewer_moves_than_the_bound_or_is_left_alone(
            @ForAll long seed) {
        Fleet fleet = RandomFleets.of(seed);

        int[] nodeOf = Relief.relieved(FleetProblem.repair(fleet));

        FleetEvaluator after = new FleetEvaluator(fleet, nodeOf);
        if (!Arrays.equals(nodeOf, fleet.nodesNow())) {
            assertThat(after.breachesWithCpu()).isEmpty();
            assertThat(after.relocations()).isGreaterThanOrEqualTo(fewestMoves(fleet));
        }
    }

    @Property(tries = 100)
    void an_evacuated_node_is_empty_and_nothing_else_is_over_its_capacity_or_the_fleet_is_left_alone(
            @ForAll long seed) {
        Fleet fleet = RandomFleets.of(seed);

        int[] nodeOf = Relief.relieved(FleetProblem.evacuate(fleet));

        if (!Arrays.equals(nodeOf, fleet.nodesNow())) {
            assertThat(new FleetEvaluator(fleet, nodeOf).breachesOfEvacuation()).isEmpty();
        }
    }

    @Property(tries = 100)
    void the_moves_of_a_repair_are_put_in_an_order_that_breaks_nothing_but_those_of_a_group_that_trade_places(
            @ForAll long seed) {
        Fleet fleet = RandomFleets.of(seed);
        FleetMoves moves = new FleetMoves(fleet, Relief.relieved(FleetProblem.repair(fleet)));
        SequenceProblem problem = moves.problem(Setting.B);

        Sequencing found = Sequencing.of(problem);

        Set<Integer> refused = found.refused().stream().map(Refusal::move).collect(Collectors.toSet());
        assertThat(SequenceCheck.breaches(problem, found.legs(), refused)).isEmpty();
        assertThat(FleetInstants.breaches(fleet, moves.moving(), found.legs())).isEmpty();
        assertThat(found.refused()).allMatch(refusal -> refusal.cause() == Refusal.Cause.FOLLOWS_WHAT_IS_LEFT_OUT);
    }

    /** Packing is hard, so a quick heuristic cannot promise the fewest moves for each fleet; for these, always the same, it can. */
    @Test
    void of_a_thousand_fleets_nearly_all_are_repaired_by_the_fewest_moves_and_emptied_where_they_were_to_be() {
        int fewest = 0;
        int emptied = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Fleet fleet = RandomFleets.of(seed);
            FleetEvaluator repaired = new FleetEvaluator(fleet, Relief.relieved(FleetProblem.repair(fleet)));
            FleetEvaluator evacuated = new FleetEvaluator(fleet, Relief.relieved(FleetProblem.evacuate(fleet)));
            fewest += repaired.breachesWithCpu().isEmpty() && repaired.relocations() == fewestMoves(fleet) ? 1 : 0;
            emptied += evacuated.breachesOfEvacuation().isEmpty() ? 1 : 0;
        }

        assertThat(fewest).isGreaterThanOrEqualTo(995);
        assertThat(emptied).isGreaterThanOrEqualTo(990);
    }

    private static int fewestMoves(Fleet fleet) {
        return (int) RemovalBound.ofMoves(fleet);
    }
}

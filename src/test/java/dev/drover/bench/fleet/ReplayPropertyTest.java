package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.placement.search.Live;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The live arrangement through events, judged by the evaluator, which shares no code with it. */
class ReplayPropertyTest {

    @Property(tries = 20)
    void whatever_happens_no_rule_is_broken_and_only_what_fits_nowhere_has_no_node(@ForAll long seed) {
        Replay replay = new Replay(RandomFleets.of(seed), 60, seed);
        for (int event = 0; event < 60; event++) {
            replay.next().run();

            Fleet now = replay.fleetNow();
            FleetEvaluator evaluator = new FleetEvaluator(now, now.nodesNow());
            assertThat(evaluator.breachesWithNothingOnEmptied()).isEmpty();
            assertThat(replay.live().cost()).isEqualTo(evaluator.cost());
        }
        for (Member homeless : replay.homeless()) {
            assertThat(IntStream.range(0, replay.fleetNow().nodes()))
                    .noneMatch(node -> isWelcome(homeless, node, replay.fleetNow()));
        }
    }

    private static boolean isWelcome(Member homeless, int node, Fleet fleet) {
        List<Member> with = new ArrayList<>(fleet.members());
        with.add(new Member(node, homeless.cpu(), homeless.memory(), homeless.group()));
        Fleet fuller = new Fleet(fleet.nodes(), fleet.cpu(), fleet.memory(), fleet.evacuated(), with);
        return new FleetEvaluator(fuller, fuller.nodesNow())
                .breachesWithNothingOnEmptied()
                .isEmpty();
    }

    @Test
    void a_node_that_gets_hot_is_relieved_at_once_and_one_that_is_lost_is_emptied() {
        Live live = live(new Member(0, 300, 10, Fleet.ALONE), new Member(0, 200, 10, Fleet.ALONE));

        live.demand(0, FleetProblem.demand(500, 10));
        assertThat(live.cost()).isZero();
        assertThat(live.nodeOf(0)).isNotEqualTo(live.nodeOf(1));

        int lost = live.nodeOf(0);
        live.lose(lost);
        assertThat(IntStream.of(live.nodeOf(0), live.nodeOf(1))).doesNotContain(lost);
        assertThat(live.homeless()).isZero();
    }

    @Test
    void what_finds_no_node_waits_for_one() {
        Live live = live(new Member(0, 10, 200, 0), new Member(1, 10, 200, Fleet.ALONE));
        live.lose(2);

        int waiting = live.start(FleetProblem.demand(10, 100), Fleet.ALONE, 1);
        assertThat(live.nodeOf(waiting)).isEqualTo(-1);
        assertThat(live.homeless()).isEqualTo(1);

        live.stop(1);
        assertThat(live.nodeOf(waiting)).isEqualTo(1);
        live.lose(1);
        assertThat(live.regroup(waiting, 0))
                .as("it waits, so nothing stands against it")
                .isTrue();
    }

    @Test
    void two_of_a_group_part_when_they_can() {
        Live live = live(new Member(0, 10, 20, 0), new Member(0, 10, 20, Fleet.ALONE));

        assertThat(live.regroup(1, 0)).isTrue();
        assertThat(live.nodeOf(0)).isNotEqualTo(live.nodeOf(1));
    }

    @Test
    void two_of_a_group_stay_apart_even_when_only_one_node_is_left() {
        Live live = live(new Member(0, 10, 20, 0), new Member(1, 10, 20, Fleet.ALONE));
        live.lose(1);
        live.lose(2);

        assertThat(live.nodeOf(1)).isZero();
        assertThat(live.regroup(1, 0))
                .as("no other node takes it, so it stays of no group")
                .isFalse();
        assertThat(live.nodeOf(1)).isZero();
    }

    private static Live live(Member... members) {
        Fleet fleet = new Fleet(3, 640, 256, new BitSet(), List.of(members));
        return new Live(FleetProblem.rebalance(fleet), 5, 1);
    }
}

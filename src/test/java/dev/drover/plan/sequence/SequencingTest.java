package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.plan.sequence.Refusal.Cause;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import org.junit.jupiter.api.Test;

class SequencingTest {

    @Test
    void no_move_takes_no_time() {
        Sequencing found = Sequencing.of(Scene.ofNodes(1).problem());

        assertThat(found.legs()).isEmpty();
        assertThat(found.makespan()).isZero();
        assertThat(found.ratio()).isEqualTo(1);
    }

    @Test
    void moves_that_trade_places_stop_over_once() {
        Sequencing found =
                Sequencing.of(Scene.ofNodes(3).move(0, 1, 7).move(1, 0, 6).problem());

        assertThat(found.stopOvers()).isEqualTo(1);
        assertThat(found.legs()).extracting(Leg::move).containsExactly(1, 0, 1);
        assertThat(found.refused()).isEmpty();
    }

    @Test
    void a_stop_over_is_only_where_it_may_be() {
        Scene scene = Scene.ofNodes(4).move(0, 1, 7).move(1, 0, 6).noStopOverOn(2);

        assertThat(Sequencing.of(scene.problem()).legs()).extracting(Leg::to).contains(3);
    }

    @Test
    void a_target_that_is_as_good_is_better_than_a_stop_over() {
        Sequencing found = Sequencing.of(
                Scene.ofNodes(3).move(0, 1, 7).move(1, 0, 6).orTo(2).problem());

        assertThat(found.stopOvers()).isZero();
        assertThat(found.legs()).extracting(Leg::to).containsExactly(2, 1);
    }

    @Test
    void a_cycle_that_nothing_resolves_is_left_out_and_the_rest_is_made() {
        Sequencing found = Sequencing.of(Scene.ofNodes(3)
                .move(0, 1, 7)
                .move(1, 0, 6)
                .stays(2, 5)
                .move(2, 0, 2)
                .problem());

        assertThat(found.refused())
                .extracting(Refusal::move, Refusal::cause)
                .containsExactly(tuple(0, Cause.NO_ROOM), tuple(1, Cause.NO_ROOM));
        assertThat(found.legs()).extracting(Leg::move).containsExactly(2);
    }

    @Test
    void a_guest_that_writes_as_fast_as_memory_is_copied_is_left_out_with_what_follows_it() {
        Sequencing found = Sequencing.of(Scene.ofNodes(3)
                .move(0, 1, 3)
                .writes(0.9)
                .move(1, 2, 3)
                .before(0, 1)
                .problem());

        assertThat(found.refused())
                .extracting(Refusal::cause)
                .containsExactly(Cause.WRITES_TOO_FAST, Cause.FOLLOWS_WHAT_IS_LEFT_OUT);
        assertThat(found.refused().getFirst().explanation()).contains("Move (0)", "as fast as it can be copied");
    }

    @Test
    void a_node_that_holds_too_much_takes_nothing_before_it_has_room() {
        Sequencing found = Sequencing.of(
                Scene.ofNodes(3).stays(0, 6).move(0, 1, 5).move(2, 0, 3).problem());

        assertThat(found.legs()).extracting(Leg::move).containsExactly(0, 1);
        assertThat(found.legs().getLast().start()).isEqualTo(5);
    }

    @Test
    void a_deadline_that_cannot_be_kept_is_reported() {
        Sequencing found = Sequencing.of(
                Scene.ofNodes(2).move(0, 1, 3).until(2).move(0, 1, 4).until(4).problem());

        assertThat(found.late()).containsExactly(0);
    }

    @Test
    void the_bound_counts_slots_nodes_and_chains() {
        Scene scene = Scene.ofNodes(4).move(0, 1, 2).move(0, 2, 4).move(3, 2, 2);

        assertThat(bound(scene, new Limits(9, 2, 2, false, 1))).isEqualTo(4);
        assertThat(bound(scene, new Limits(9, 1, 2, false, 1))).isEqualTo(6);
        assertThat(bound(scene, new Limits(9, 2, 1, false, 1))).isEqualTo(6);
        assertThat(bound(scene, new Limits(1, 2, 2, false, 1))).isEqualTo(8);
        assertThat(bound(scene, new Limits(9, 2, 2, true, 1))).isEqualTo(6);
        assertThat(bound(scene.before(0, 1).before(1, 2), new Limits(9, 2, 2, false, 1)))
                .isEqualTo(8);
    }

    @Test
    void the_scheduler_refuses_to_hear_of_the_end_of_what_does_not_run() {
        Sequencer sequencer =
                Sequencing.of(Scene.ofNodes(2).move(0, 1, 3).problem()).sequencer();

        assertThatThrownBy(() -> sequencer.ended(0)).isInstanceOf(IllegalStateException.class);
        assertThat(sequencer.begin()).containsExactly(0);
        assertThat(sequencer.ended(0)).isEmpty();
        assertThat(sequencer.isDone()).isTrue();
    }

    private static double bound(Scene scene, Limits limits) {
        return Sequencing.of(scene.limits(limits).problem()).lowerBound();
    }
}

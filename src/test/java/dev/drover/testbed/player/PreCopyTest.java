package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreCopyTest {

    private static final double MEMORY = 8e9;
    private static final double SPEED = 1e9;
    private static final double DOWNTIME = 0.9;

    @Test
    void a_guest_that_changes_nothing_needs_its_memory_over_the_speed() {
        var copy = new PreCopy(MEMORY, 0, DOWNTIME);

        copy.advance(7.999, SPEED);
        assertThat(copy.done()).isFalse();
        copy.advance(0.002, SPEED);
        assertThat(copy.done()).isTrue();
        assertThat(copy.copied()).isCloseTo(MEMORY, within(1e3));
    }

    @ParameterizedTest(name = "a guest that changes {0} of what the link carries: {1} rounds in {2} s")
    @CsvSource({
        // 8 + 2, then the rest of 0.5 s fits into the downtime
        "0.25, 3, 10.5",
        // 8 + 4 + 2 + 1, then 0.5
        "0.5, 5, 15.5",
        // the first rest is 0.8 s: one round and the last one
        "0.1, 2, 8.8",
    })
    void each_round_copies_what_the_round_before_left(double dirtyShare, int rounds, double seconds) {
        var copy = new PreCopy(MEMORY, dirtyShare * SPEED, DOWNTIME);

        copy.advance(seconds - 0.001, SPEED);
        assertThat(copy.done()).isFalse();
        copy.advance(0.002, SPEED);

        assertThat(copy.done()).isTrue();
        assertThat(copy.rounds()).isEqualTo(rounds);
    }

    @ParameterizedTest(name = "dirty rate {0} of the speed")
    @CsvSource({"1.0", "1.5", "30"})
    void a_guest_that_changes_as_fast_as_the_link_never_gets_there(double dirtyShare) {
        var copy = new PreCopy(MEMORY, dirtyShare * SPEED, DOWNTIME);

        copy.advance(3600, SPEED);

        assertThat(copy.done()).isFalse();
        assertThat(copy.remaining()).as("never more than the guest has").isBetween(0.0, MEMORY);
    }

    @Test
    void a_stopped_guest_gets_there_in_the_time_of_its_rest() {
        var copy = new PreCopy(MEMORY, 2 * SPEED, DOWNTIME);
        copy.advance(100, SPEED);

        copy.stopGuest();
        copy.advance(2 * MEMORY / SPEED, SPEED);

        assertThat(copy.done()).isTrue();
    }

    @Test
    void a_slowed_guest_gets_there_when_its_rate_has_fallen_below_the_speed() {
        var copy = new PreCopy(MEMORY, 1.5 * SPEED, DOWNTIME);
        copy.advance(100, SPEED);
        assertThat(copy.done()).isFalse();

        for (var i = 0; i < 9; i++) {
            copy.slowGuest();
        }
        assertThat(copy.currentDirtyRate()).isCloseTo(0.015 * SPEED, within(1e3));
        copy.advance(100, SPEED);

        assertThat(copy.done()).isTrue();
    }

    @Test
    void time_may_pass_in_pieces_and_at_changing_speeds() {
        var whole = new PreCopy(MEMORY, 0.2 * SPEED, DOWNTIME);
        var pieces = new PreCopy(MEMORY, 0.2 * SPEED, DOWNTIME);

        whole.advance(9, SPEED);
        for (var i = 0; i < 900; i++) {
            pieces.advance(0.01, SPEED);
        }
        assertThat(pieces.copied()).isCloseTo(whole.copied(), within(1e3));

        pieces.advance(10, 0);
        assertThat(pieces.copied()).as("nothing moves at speed 0").isCloseTo(whole.copied(), within(1e3));
        assertThat(pieces.secondsToGo(0)).isInfinite();
    }
}

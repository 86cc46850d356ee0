package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.plan.sequence.Leg;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetInstantsTest {
    /** Two of group 7, on nodes 0 and 1, and another. */
    private static final Fleet FLEET = new Fleet(
            3, 640, 256, new BitSet(), List.of(new Member(0, 1, 1, 7), new Member(1, 1, 1, 7), new Member(1, 1, 1, 8)));

    @Test
    void one_that_enters_when_the_other_has_left_does_not_meet_it() {
        assertThat(breaches(new Leg(0, 0, 1, 3, 5), new Leg(1, 1, 2, 0, 3))).isEmpty();
    }

    @Test
    void one_that_enters_while_the_other_is_leaving_meets_it() {
        assertThat(breaches(new Leg(0, 0, 1, 2, 5), new Leg(1, 1, 2, 0, 3)))
                .containsExactly("two of group 7 are on node 1 at 2.0 s");
    }

    @Test
    void one_that_stops_over_where_the_other_stays_meets_it() {
        assertThat(breaches(new Leg(0, 0, 1, 2, 5), new Leg(0, 1, 2, 6, 9)))
                .containsExactly("two of group 7 are on node 1 at 2.0 s");
    }

    private static List<String> breaches(Leg... legs) {
        return FleetInstants.breaches(FLEET, new int[] {0, 1}, List.of(legs));
    }
}

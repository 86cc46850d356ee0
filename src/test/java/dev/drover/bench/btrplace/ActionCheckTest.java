package dev.drover.bench.btrplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.btrplace.Action.Allocate;
import dev.drover.bench.btrplace.Action.Boot;
import dev.drover.bench.btrplace.Action.Migrate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActionCheckTest {
    private static final int[] PARTS = {0, 0, 1, 1};

    /**
     * VM 0 (5, wants 8) and VM 1 (5) fill node 0 of 10, VM 2 (6) is on node 1, VM 3 (4) is to start; node 3 is offline. VMs 0, 2 and 3 are
     * spread, 1 and 2 stay in the part of nodes 0 and 1.
     */
    private static Reconfiguration instance() {
        return new SmallInstance()
                .node(10)
                .node(11)
                .node(9)
                .offline(50)
                .running(0, 5)
                .running(0, 5)
                .running(1, 6)
                .ready(4, 4)
                .preserve(0, 8)
                .spread(0, 2, 3)
                .among(PARTS, 1, 2)
                .build();
    }

    @Test
    void a_plan_that_waits_for_room_and_meets_nobody_is_right() {
        assertThat(ActionCheck.breaches(
                        instance(), List.of(new Migrate(1, 0, 1, 0, 1), new Allocate(0, 1), new Boot(3, 2, 0, 4))))
                .isEmpty();
    }

    @Test
    void at_equal_times_ends_come_before_starts() {
        Reconfiguration swap =
                new SmallInstance().node(10).node(20).running(0, 8).ready(2, 8).build();

        assertThat(ActionCheck.breaches(swap, List.of(new Boot(1, 0, 1, 3), new Migrate(0, 0, 1, 0, 1))))
                .isEmpty();
        assertThat(ActionCheck.breaches(swap, List.of(new Boot(1, 0, 0, 2), new Migrate(0, 0, 1, 0, 1))))
                .containsExactly("node 0 holds 16 of 10 cpu at 0 s");
    }

    static Stream<Arguments> wrong() {
        Action migrate = new Migrate(1, 0, 1, 0, 1);
        Action raise = new Allocate(0, 1);
        Action boot = new Boot(3, 2, 0, 4);
        return Stream.of(
                Arguments.of("not raised", List.of(migrate, boot), "VM 0 is on node 0 at the end with too little cpu"),
                Arguments.of(
                        "raised too early",
                        List.of(migrate, boot, new Allocate(0, 0)),
                        "node 0 holds 13 of 10 cpu at 0 s"),
                Arguments.of("never booted", List.of(migrate, raise), "at the end this does not hold (Running[vm=3])"),
                Arguments.of("booted too fast", List.of(migrate, raise, new Boot(3, 2, 0, 3)), "must take 4 s"),
                Arguments.of("booted before the beginning", List.of(new Boot(3, 2, -1, 3)), "start at 0 s or later"),
                Arguments.of("booted twice", List.of(boot, new Boot(3, 2, 4, 8)), "needs a VM that is ready"),
                Arguments.of(
                        "booted on an offline node",
                        List.of(new Boot(3, 3, 0, 4)),
                        "VM 3 is on node 3 at 0 s, which is offline"),
                Arguments.of(
                        "booted beside one of its spread",
                        List.of(new Boot(3, 1, 0, 4)),
                        "VM 3 is on node 1 at 0 s, and so is VM 2 of its spread"),
                Arguments.of(
                        "one of its spread arrives before the other has left",
                        List.of(new Migrate(2, 1, 2, 0, 1), new Boot(3, 1, 0, 4)),
                        "VM 3 is on node 1 at 0 s, and so is VM 2 of its spread"),
                Arguments.of(
                        "moved out of its part",
                        List.of(new Migrate(1, 0, 2, 0, 1)),
                        "VM 1 is on node 2 at 0 s, outside of the part of its among"),
                Arguments.of("moved from where it is not", List.of(new Migrate(1, 2, 1, 0, 1)), "runs at its source"),
                Arguments.of("moved to where it is", List.of(new Migrate(1, 0, 0, 0, 1)), "needs another node"),
                Arguments.of(
                        "moved before it runs", List.of(boot, new Migrate(3, 2, 0, 3, 4)), "begins before boot of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_breaks_a_rule_is_named(String what, List<Action> actions, String breach) {
        assertThat(ActionCheck.breaches(instance(), actions))
                .anySatisfy(each -> assertThat(each).contains(breach));
    }

    @Test
    void what_an_instance_breaks_before_anything_is_done_is_named_too() {
        Reconfiguration full = new SmallInstance().node(10).running(0, 11).build();

        assertThat(ActionCheck.breaches(full, List.of())).containsExactly("node 0 holds 11 of 10 cpu at 0 s");
    }
}

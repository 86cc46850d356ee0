package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Rule;
import dev.drover.observe.ServiceMembers;
import dev.drover.observe.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Nodes 0 and 2 are in zone a, 1 and 3 in zone b; the machines of the application "even" differ by at most one between zones. */
class SuccessionTest {
    private final Succession succession = new Succession();
    private Instant now = World.NOW;

    private static World world() {
        return new World().nodes(4).rule("r", "even", new Rule.Spread("zone", OptionalInt.of(1)));
    }

    private static Seat seat(String vm, int node) {
        return new Seat(GatedPod.of(GatedPodTest.pod(vm), Duration.ofSeconds(10)), "node-" + node);
    }

    private List<String> next(World world, Seat... seats) {
        Snapshot snapshot = world.snapshot();
        Situation situation = Situation.of(
                snapshot.cluster(),
                snapshot.constraints(),
                ConstraintCompiler.compile(snapshot.cluster(), snapshot.constraints()),
                List.of(),
                new ServiceWishes(new ServiceMembers(List.of(), List.of()), AdmissionMode.GATE));
        return succession.next(situation, List.of(seats), now).stream()
                .map(seat -> seat.pod()
                        .pod()
                        .getMetadata()
                        .getOwnerReferences()
                        .getFirst()
                        .getName())
                .toList();
    }

    @Test
    void pods_without_a_spread_pass_together() {
        World world = world().vm("x", "other", null).vm("y", "other", null);

        assertThat(next(world, seat("x", 0), seat("y", 0))).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void pods_under_a_spread_pass_one_after_the_other_and_into_the_emptier_zone_first() {
        World world = world().vm("run", "even", "node-0")
                .vm("a", "even", null)
                .vm("b", "even", null)
                .vm("x", "other", null);

        assertThat(next(world, seat("a", 2), seat("b", 1), seat("x", 0)))
                .as("zone a has one already")
                .containsExactlyInAnyOrder("b", "x");
        assertThat(next(world, seat("a", 2))).as("b is not bound yet").isEmpty();

        World bound = world().vm("run", "even", "node-0").vm("a", "even", null).vm("b", "even", "node-1");
        assertThat(next(bound, seat("a", 2))).containsExactly("a");
    }

    @Test
    void one_that_is_never_bound_does_not_hold_up_the_others_for_ever() {
        World world = world().vm("a", "even", null).vm("b", "even", null);
        assertThat(next(world, seat("a", 0), seat("b", 1))).hasSize(1);
        now = now.plusMillis(2_999);
        assertThat(next(world, seat("b", 1))).isEmpty();

        now = now.plusMillis(1);

        assertThat(next(world, seat("b", 1))).containsExactly("b");
    }

    @Test
    void spreads_of_different_machines_do_not_wait_for_each_other() {
        World world = world().rule("s", "flat", new Rule.Spread("zone", OptionalInt.of(1)))
                .vm("a", "even", null)
                .vm("b", "flat", null);

        assertThat(next(world, seat("a", 0), seat("b", 0))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void the_target_of_a_migration_does_not_wait() {
        World world = world().vm("a", "even", null).vm("m", "even", "node-1");
        Seat target = seat("m", 3);
        target.pod().pod().getMetadata().setLabels(Map.of("kubevirt.io/migrationJobUID", "uid-m"));
        Seat moving = new Seat(GatedPod.of(target.pod().pod(), Duration.ofSeconds(10)), "node-3");

        assertThat(next(world, seat("a", 0), moving)).containsExactlyInAnyOrder("a", "m");
    }
}

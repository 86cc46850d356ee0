package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The move of "a" from n1 to n2, asked for in worlds that have changed since it was planned. */
class MoveCheckTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
    private static final Move MOVE = move("m0", "a", "n1", "n2");

    /** @param answer the simple name of the answer; @param why a part of its reason */
    record Case(String name, World world, String answer, String why) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing has changed", world(), "Ready", ""),
                new Case("the virtual machine is gone", World.ofNodes(2), "Void", "(shop/a) is gone"),
                new Case(
                        "it was moved by somebody else",
                        world().at("a", "n3"),
                        "Void",
                        "runs on (n3), no longer on (n1)"),
                new Case("it was stopped", world().stopped("a"), "Void", "runs on (no node)"),
                new Case("somebody else is moving it", world().moving("a", "n3"), "Waits", "Another migration"),
                new Case("it cannot move live any more", world().notLive("a"), "Void", "cannot move live: HostDevice"),
                new Case(
                        "the target was cordoned",
                        world().cordoned("n2"),
                        "Void",
                        "(n2) is gone, not ready or cordoned"),
                new Case("the target was tainted", world().tainted("n2", "maintenance"), "Void", "maintenance"),
                new Case("the target was filled by others", world().pod("cache", "n2", 100, 100), "Void", "memory"),
                new Case(
                        "the target is full of what is about to leave",
                        world().vm("b", "n2", 100).requesting("b", 100, 100).moving("b", "n3"),
                        "Waits",
                        "memory"),
                new Case(
                        "a rule that came since keeps it from the target",
                        world().rule(new Rule.ForbiddenNodes(World.onNode("n2")), "app=web"),
                        "Void",
                        "forbiddennodes-1"),
                new Case(
                        "one that it must not meet has come to the target",
                        world().vm("b", "n2", 100, "app=web").rule(SPREAD, "app=web"),
                        "Void",
                        "spread-1"),
                new Case(
                        "one that it must not meet is about to leave the target",
                        world().vm("b", "n2", 100, "app=web").moving("b", "n3").rule(SPREAD, "app=web"),
                        "Waits",
                        "spread-1"),
                new Case(
                        "a breach that was there before and does not grow",
                        world().vm("b", "n1", 100, "app=web")
                                .vm("c", "n1", 100, "app=web")
                                .rule(SPREAD, "app=web"),
                        "Ready",
                        ""));
    }

    private static World world() {
        return World.ofNodes(3).vm("a", "n1", 1_000, "app=web");
    }

    private static Move move(String id, String vm, String from, String to) {
        return new Move(id, World.id(vm), "vm-" + vm, from, to, List.of(), Relocation.Reason.BALANCE, "test", 3, 1, 10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answers(Case given) {
        MoveCheck answer =
                MoveCheck.check(given.world().cluster(), given.world().constraints(), MOVE);
        assertThat(answer.getClass().getSimpleName()).isEqualTo(given.answer());
        assertThat(why(answer)).contains(given.why());
    }

    private static String why(MoveCheck answer) {
        return switch (answer) {
            case MoveCheck.Ready ready -> "";
            case MoveCheck.Waits waits -> waits.why();
            case MoveCheck.Void none -> none.why();
        };
    }

    @Test
    void a_group_is_judged_by_where_the_rest_of_the_plan_brings_it() {
        World world = world().vm("b", "n1", 100, "app=web").rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web");
        Move other = move("m1", "b", "n1", "n2");
        assertThat(MoveCheck.check(world.cluster(), world.constraints(), MOVE, List.of(MOVE, other)))
                .isInstanceOf(MoveCheck.Ready.class);
        assertThat(MoveCheck.check(world.cluster(), world.constraints(), MOVE, List.of(MOVE)))
                .isInstanceOf(MoveCheck.Void.class);
    }

    @Test
    void a_virtual_machine_that_was_made_anew_under_the_same_name_is_another_one() {
        Move old = new Move(
                "m0", World.id("a"), "uid-before", "n1", "n2", List.of(), Relocation.Reason.BALANCE, "test", 3, 1, 10);
        assertThat(MoveCheck.check(world().cluster(), List.of(), old)).isInstanceOf(MoveCheck.Void.class);
    }
}

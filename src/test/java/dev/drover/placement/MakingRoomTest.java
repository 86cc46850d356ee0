package dev.drover.placement;

import static dev.drover.placement.EngineCase.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repair for which another virtual machine has to go first. */
class MakingRoomTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    static Stream<EngineCase> cases() {
        return Stream.of(
                new EngineCase("who is in the way of a repair goes elsewhere", 1, blocked(3), "blocker>n3", "guest>n2"),
                new EngineCase("who is in the way stays when it can go nowhere else", 1, blocked(2)),
                new EngineCase(
                        "who is in the way stays when it cannot move live",
                        1,
                        blocked(3).notLive("blocker")),
                new EngineCase(
                        "nobody makes room for the sake of balance",
                        2,
                        World.ofNodes(3)
                                .vm("hot", "n1", 5_000)
                                .vm("rest", "n1", 4_500)
                                .vm("blocker", "n2", 3_000)
                                .requesting("hot", 100, 70)
                                .requesting("blocker", 100, 60)
                                .notLive("rest")
                                .pod("cache", "n3", 100, 35)),
                new EngineCase(
                        "no one of those that are in the way together is sent away in vain",
                        1,
                        blocked(3)
                                .vm("second", "n2", 1_000)
                                .requesting("blocker", 100, 50)
                                .requesting("second", 100, 50)),
                new EngineCase(
                        "of those that could make room the cheaper one goes",
                        1,
                        blocked(3)
                                .requesting("guest", 1_000, 30)
                                .vm("second", "n2", 500)
                                .requesting("second", 100, 35),
                        "second>n3",
                        "guest>n2"),
                new EngineCase(
                        "one whose own repair takes it away is followed",
                        1,
                        blocked(3).rule(new Rule.ForbiddenNodes(World.onNode("n2")), "app=blocker"),
                        "blocker>n3",
                        "guest>n2"),
                new EngineCase(
                        "one that a rule keeps apart makes room too",
                        1,
                        World.ofNodes(3)
                                .vm("guest", "n1", 1_000, "app=web", "only=n2")
                                .vm("twin", "n2", 1_000, "app=web")
                                .rule(SPREAD, "app=web")
                                .rule(new Rule.AllowedNodes(World.onNode("n2")), "only=n2"),
                        "twin>n3",
                        "guest>n2"));
    }

    /** A guest on n1 that must go to n2, where a blocker has taken the memory. */
    private static World blocked(int nodes) {
        return World.ofNodes(nodes)
                .vm("guest", "n1", 1_000, "app=guest")
                .vm("blocker", "n2", 1_000, "app=blocker")
                .requesting("guest", 1_000, 60)
                .requesting("blocker", 1_000, 60)
                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=guest");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void proposes(EngineCase given) {
        given.check();
    }

    @Test
    void a_repair_that_needs_room_says_for_whom_and_why() {
        Instance instance = blocked(3).instance(Goal.DEFAULT, Effort.DEFAULT);
        assertThat(ENGINE.solve(instance).moves())
                .extracting(relocation -> relocation.vm().name(), Relocation::reason, Relocation::why)
                .containsExactly(
                        tuple(
                                "blocker",
                                Relocation.Reason.CONSTRAINT_REPAIR,
                                "makes room on n2 for shop/guest, which leaves n1: AllowedNodes allowednodes-1 (namespace shop)"),
                        tuple(
                                "guest",
                                Relocation.Reason.CONSTRAINT_REPAIR,
                                "leaves n1: AllowedNodes allowednodes-1 (namespace shop)"));
    }

    @Test
    void room_is_not_made_when_there_are_not_moves_enough_to_use_it() {
        Goal oneMove = new Goal(1, 1, 0.80, 0.85, 1, 1);
        assertThat(ENGINE.solve(blocked(3).instance(oneMove, Effort.DEFAULT)).moves())
                .isEmpty();
    }
}

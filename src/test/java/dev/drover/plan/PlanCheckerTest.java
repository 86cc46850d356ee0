package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each plan has exactly one fault, which the checker finds. */
class PlanCheckerTest {
    private static final Budget WIDE = new Budget(100, 100, 100);
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    /** @param moves as {@code id vm from>to} and the ids that it follows; @param fault a part of the message */
    record Case(String name, World world, String fault, String... moves) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("a sound plan", apart(), "", "m0 b n2>n3", "m1 a n1>n2 m0"),
                new Case("two that meet while one moves", apart(), "shares", "m0 a n1>n2"),
                new Case("a dependency that was forgotten", apart(), "shares", "m0 b n2>n3", "m1 a n1>n2"),
                new Case(
                        "a node that cannot hold both",
                        World.ofNodes(2)
                                .vm("a", "n1", 100)
                                .vm("b", "n2", 100)
                                .requesting("a", 100, 60)
                                .requesting("b", 100, 60),
                        "memory",
                        "m0 a n1>n2"),
                new Case(
                        "two that fit alone, but not beside each other",
                        World.ofNodes(3)
                                .vm("a", "n1", 100)
                                .vm("b", "n2", 100)
                                .requesting("a", 100, 60)
                                .requesting("b", 100, 60),
                        "memory",
                        "m0 a n1>n3",
                        "m1 b n2>n3"),
                new Case(
                        "one of two that belong together",
                        World.ofNodes(2)
                                .vms(2, "web", "n1", 100, "app=web")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web"),
                        "After the plan",
                        "m0 web-1 n1>n2"),
                new Case(
                        "a cordoned target",
                        World.ofNodes(2).vm("a", "n1", 100).cordoned("n2"),
                        "refuses",
                        "m0 a n1>n2"),
                new Case(
                        "a source where it is not",
                        World.ofNodes(3).vm("a", "n1", 100),
                        "but it is on (n1)",
                        "m0 a n2>n3"),
                new Case(
                        "two moves of one machine in no order",
                        World.ofNodes(3).vm("a", "n1", 100),
                        "does not follow",
                        "m0 a n1>n2",
                        "m1 a n2>n3"),
                new Case(
                        "a cycle of dependencies",
                        World.ofNodes(3).vm("a", "n1", 100).vm("b", "n1", 100),
                        "not all of which come before",
                        "m0 a n1>n2 m1",
                        "m1 b n1>n2 m0"),
                new Case(
                        "an id that is used twice",
                        World.ofNodes(3).vm("a", "n1", 100).vm("b", "n1", 100),
                        "used twice",
                        "m0 a n1>n2",
                        "m0 b n1>n2"));
    }

    private static World apart() {
        return World.ofNodes(3)
                .vm("a", "n1", 100, "app=web")
                .vm("b", "n2", 100, "app=web")
                .rule(SPREAD, "app=web");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void finds(Case given) {
        Plan plan = new Plan(Stream.of(given.moves()).map(PlanCheckerTest::move).toList(), List.of(), 0, 0);
        List<String> faults =
                PlanChecker.check(given.world().cluster(), given.world().constraints(), plan, WIDE);
        if (given.fault().isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).anyMatch(fault -> fault.contains(given.fault()));
        }
    }

    private static Move move(String text) {
        String[] words = text.split(" ");
        String[] nodes = words[2].split(">");
        List<String> after = List.of(words).subList(3, words.length);
        return new Move(
                words[0],
                World.id(words[1]),
                "vm-" + words[1],
                nodes[0],
                nodes[1],
                after,
                Relocation.Reason.BALANCE,
                "test",
                3,
                1,
                10);
    }
}

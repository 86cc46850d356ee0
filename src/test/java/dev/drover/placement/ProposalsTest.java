package dev.drover.placement;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine proposes in small worlds, each told in a line. */
class ProposalsTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    static Stream<EngineCase> cases() {
        return Stream.of(
                new EngineCase(
                        "an even cluster is left alone by the most eager policy",
                        5,
                        World.ofNodes(3)
                                .vm("a", "n1", 5_000)
                                .vm("b", "n2", 5_000)
                                .vm("c", "n3", 5_000)),
                new EngineCase(
                        "a hot node gives away the one machine that suffices",
                        2,
                        World.ofNodes(2)
                                .vm("big", "n1", 4_000)
                                .vms(11, "small", "n1", 500)
                                .vm("other", "n2", 1_000),
                        "big>n2"),
                new EngineCase(
                        "the cheapest of those that suffice alone is chosen",
                        2,
                        World.ofNodes(2)
                                .vm("big", "n1", 4_000)
                                .vm("middle", "n1", 2_500)
                                .vm("small", "n1", 2_000)
                                .vm("other", "n2", 1_000),
                        "small>n2"),
                new EngineCase(
                        "repair-only policies leave a hot node alone",
                        1,
                        World.ofNodes(2).vms(9, "small", "n1", 1_000)),
                new EngineCase(
                        "nodes below the target are not evened out at level 2",
                        2,
                        World.ofNodes(2).vms(7, "small", "n1", 1_000)),
                new EngineCase(
                        "level 3 evens out until the spread is small",
                        3,
                        World.ofNodes(2).vms(7, "small", "n1", 1_000),
                        "small-*>n2",
                        "small-*>n2"),
                new EngineCase(
                        "two that must be apart are parted, by the cheaper move",
                        1,
                        World.ofNodes(2)
                                .vm("a", "n1", 3_000, "app=web")
                                .vm("b", "n1", 1_000, "app=web")
                                .rule(SPREAD, "app=web"),
                        "b>n2"),
                new EngineCase(
                        "members that are apart although they never should be join where most are with all their copies",
                        1,
                        World.ofNodes(3)
                                .vms(2, "home", "n1", 100, "app=web")
                                .vm("lone", "n2", 100, "app=web")
                                .vm("coming", "n3", 100, "app=web")
                                .moving("coming", "n2")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), Rule.During.CONTINUOUS, "app=web"),
                        "lone>n1"),
                new EngineCase(
                        "one side leaves two nodes at once where the other side on one of them would take the only room",
                        1,
                        World.ofNodes(3)
                                .sized("n2", "z2", 10_000, 4)
                                .vm("web-1", "n1", 300, "app=web")
                                .requesting("web-1", 100, 6)
                                .vm("db-1", "n1", 100, "app=db")
                                .notLive("db-1")
                                .vm("web-2", "n2", 300, "app=web")
                                .vm("db-2", "n2", 100, "app=db")
                                .rule(new Rule.Exclusive(), "app=web"),
                        "web-1>n3",
                        "web-2>n3"),
                new EngineCase(
                        "members that never part do not leave their node together either",
                        2,
                        World.ofNodes(2)
                                .vms(3, "home", "n1", 3_000, "app=web")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), Rule.During.CONTINUOUS, "app=web")),
                new EngineCase(
                        "a preference parts two that nothing else parts",
                        2,
                        World.ofNodes(2)
                                .vm("a", "n1", 3_000, "app=web")
                                .vm("b", "n1", 1_000, "app=web")
                                .preferring(SPREAD, 1, "app=web"),
                        "b>n2"),
                new EngineCase(
                        "the weightier of two preferences decides",
                        2,
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n1")), 10, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 11, "app=web"),
                        "a>n2"),
                new EngineCase(
                        "a preference for one node brings those that belong together",
                        2,
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web", "role=main")
                                .vm("b", "n1", 1_000, "app=web")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 10, "role=main"),
                        "a>n2",
                        "b>n2"),
                new EngineCase(
                        "of three nodes in use the one with the fewest is freed",
                        1,
                        World.ofNodes(4)
                                .vms(2, "a", "n1", 1_000, "app=web")
                                .vms(2, "b", "n2", 1_000, "app=web")
                                .vm("c", "n3", 1_000, "app=web")
                                .vms(6, "other", "n1", 1_000)
                                .rule(new Rule.MaxNodesInUse(Selector.EVERYTHING, 2), "app=web"),
                        "c>n2"),
                new EngineCase(
                        "who has not what is reserved for it goes where it has",
                        1,
                        World.ofNodes(2)
                                .vm("db", "n1", 100, "app=db")
                                .vm("x", "n1", 100)
                                .requesting("x", 4_000, 1)
                                .rule(new Rule.Reserve(Resources.of(8_000, 0)), "app=db"),
                        "db>n2"),
                new EngineCase(
                        "a hot node under quarantine keeps its machines, and a cool one gets none",
                        3,
                        World.ofNodes(2)
                                .vms(12, "small", "n1", 1_000, "app=web")
                                .rule(new Rule.Quarantine(World.onNode("n2")), "app=web")),
                new EngineCase("a preference is no reason to overload a node", 2, crowding()),
                new EngineCase(
                        "who only repairs does not care for preferences",
                        1,
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 100, "app=web")),
                new EngineCase(
                        "what a rule about nodes rules out leaves",
                        1,
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web")
                                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=web"),
                        "a>n2"),
                new EngineCase(
                        "the minority joins the majority",
                        1,
                        World.ofNodes(2)
                                .vms(2, "web", "n1", 1_000, "app=web")
                                .vm("web-3", "n2", 1_000, "app=web")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web"),
                        "web-3>n1"),
                new EngineCase(
                        "those that belong together leave together when neither node can take the other's",
                        1,
                        World.ofNodes(3)
                                .vm("a", "n1", 1_000, "app=web")
                                .vm("b", "n2", 1_000, "app=web")
                                .vm("x", "n1", 1_000)
                                .vm("y", "n2", 1_000)
                                .requesting("x", 1_000, 99)
                                .requesting("y", 1_000, 99)
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web"),
                        "a>n3",
                        "b>n3"),
                new EngineCase(
                        "a database that shares a node with batch work is freed of it",
                        1,
                        World.ofNodes(2)
                                .vm("db", "n1", 4_000, "app=db")
                                .vm("batch", "n1", 1_000, "app=batch")
                                .rule(new Rule.SeparateFrom(World.selection("app=batch")), "app=db"),
                        "batch>n2"),
                new EngineCase(
                        "strangers leave the node of an exclusive machine all together",
                        1,
                        World.ofNodes(2)
                                .vm("alone", "n1", 4_000, "app=alone")
                                .notLive("alone")
                                .vms(3, "stranger", "n1", 500)
                                .rule(new Rule.Exclusive(), "app=alone"),
                        "stranger-*>n2",
                        "stranger-*>n2",
                        "stranger-*>n2"),
                new EngineCase(
                        "a stranger leaves the node of an exclusive machine",
                        1,
                        World.ofNodes(2)
                                .vm("alone", "n1", 4_000, "app=alone")
                                .vm("stranger", "n1", 1_000)
                                .rule(new Rule.Exclusive(), "app=alone"),
                        "stranger>n2"),
                new EngineCase(
                        "a node over its cap sheds as many as are too many",
                        1,
                        World.ofNodes(2)
                                .vms(4, "web", "n1", 1_000, "app=web")
                                .rule(new Rule.Capacity(World.onNode("n1"), null, 2, null), "app=web"),
                        "web-*>n2",
                        "web-*>n2"),
                new EngineCase(
                        "a skew between zones is levelled",
                        1,
                        World.ofNodes(2)
                                .vms(3, "web", "n1", 1_000, "app=web")
                                .rule(new Rule.Spread(World.ZONE, OptionalInt.of(1)), "app=web"),
                        "web-*>n2"),
                new EngineCase(
                        "what a migration in flight may bring about is no leave for others to bring it about",
                        2,
                        World.ofNodes(4)
                                .vm("hot", "n1", 5_000, "app=web")
                                .vm("rest", "n1", 4_500)
                                .notLive("rest")
                                .vms(3, "web", "n2", 100, "app=web")
                                .vm("moving", "n3", 100, "app=web")
                                .moving("moving", "n4")
                                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.of(2)), "app=web")),
                new EngineCase(
                        "pinned machines, those that cannot move live and those on their way stay",
                        2,
                        World.ofNodes(2)
                                .vm("pinned", "n1", 3_000, "app=pinned")
                                .vm("device", "n1", 3_000)
                                .notLive("device")
                                .vm("moving", "n1", 3_500)
                                .moving("moving", "n1")
                                .rule(new Rule.Pinned(), "app=pinned")),
                new EngineCase(
                        "a cordoned node takes nothing",
                        2,
                        World.ofNodes(3)
                                .vm("a", "n1", 5_000)
                                .vm("b", "n1", 4_500)
                                .vm("c", "n3", 1_000)
                                .cordoned("n2"),
                        "b>n3"),
                new EngineCase(
                        "a node whose memory is spoken for takes nothing, however idle it is",
                        2,
                        World.ofNodes(2)
                                .vm("a", "n1", 5_000)
                                .vm("b", "n1", 4_500)
                                .pod("cache", "n2", 100, 100)),
                new EngineCase(
                        "two machines too large for each other's rest are exchanged",
                        2,
                        World.ofNodes(2)
                                .vm("large", "n1", 5_000)
                                .vm("rest-1", "n1", 4_500)
                                .vm("small", "n2", 3_200)
                                .vm("rest-2", "n2", 3_300)
                                .notLive("rest-1")
                                .notLive("rest-2"),
                        "large>n2",
                        "small>n1"),
                new EngineCase(
                        "what others use of a node counts",
                        2,
                        World.ofNodes(2)
                                .vm("a", "n1", 2_000)
                                .vm("b", "n1", 1_500)
                                .usedByOthers("n1", 5_500, 10)
                                .usedByOthers("n2", 500, 10),
                        "b>n2"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void proposes(EngineCase given) {
        given.check();
    }

    /** n2 is at its target without the one that would like to go there. */
    private static World crowding() {
        return World.ofNodes(2)
                .vm("a", "n1", 4_000, "app=web")
                .vms(8, "small", "n2", 1_000)
                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 100, "app=web");
    }
}

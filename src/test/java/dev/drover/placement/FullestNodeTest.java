package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts where as few nodes as possible are to be in use. */
class FullestNodeTest {
    private static final Goal CONSOLIDATE = new Goal(1, 1, 0.80, 0.85, 3, 256, Goal.Objective.CONSOLIDATE);

    /** @param node that of the virtual machine named new */
    record Case(String name, World world, String node) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Each node has 10 CPUs, so 8 of them are its target. */
    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "the fullest node in use that is still served takes it",
                        World.ofNodes(4)
                                .vm("a", "n1", 3_000)
                                .vm("b", "n2", 6_000)
                                .vm("c", "n3", 7_500)
                                .vm("new", null, 1_000),
                        "n2"),
                new Case(
                        "an empty node is entered only when no other takes it",
                        World.ofNodes(3)
                                .vm("a", "n2", 7_000)
                                .vm("b", "n3", 7_500)
                                .vm("new", null, 2_000),
                        "n1"),
                new Case(
                        "of empty nodes the smallest that serves it is entered",
                        World.ofNodes(1)
                                .sized("n2", "z2", 5_000, 50)
                                .sized("n3", "z3", 2_000, 20)
                                .vm("new", null, 3_000),
                        "n2"),
                new Case(
                        "where all would be above their target the least full takes it",
                        World.ofNodes(3)
                                .vm("a", "n1", 7_800)
                                .vm("b", "n2", 7_500)
                                .vm("c", "n3", 7_900)
                                .vm("new", null, 1_000),
                        "n2"),
                new Case(
                        "what is requested counts as well as what is in use",
                        World.ofNodes(2)
                                .vm("a", "n1", 5_000)
                                .requesting("a", 5_000, 99)
                                .vm("b", "n2", 100)
                                .vm("new", null, 1_000)
                                .requesting("new", 100, 2),
                        "n2"),
                new Case(
                        "a rule may open a node",
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web")
                                .vm("new", null, 1_000, "app=web")
                                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "app=web"),
                        "n2"),
                new Case(
                        "a preference comes first",
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000)
                                .vm("new", null, 1_000, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 1, "app=web"),
                        "n2"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void enters(Case given) {
        Cluster cluster = given.world().cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, given.world().constraints());
        int vm = cluster.vmIndex().get(World.id("new"));

        assertThat(StartPlacement.place(
                        cluster, rules, List.of(vm), given.world().everyNode(), CONSOLIDATE))
                .containsExactly(new StartDecision.Placed(World.id("new"), given.node()));
        assertThat(StartPlacement.rank(cluster, rules, vm, given.world().everyNode(), CONSOLIDATE)
                        .getFirst()
                        .node())
                .isEqualTo(given.node());
    }

    /** 100 nodes and more, so that the index answers. */
    @Property(tries = 20)
    void nodes_are_opened_one_after_the_other(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = World.ofNodes(100 + random.nextInt(50));
        int starting = 1 + random.nextInt(200);
        long needed = 0;
        for (int vm = 0; vm < starting; vm++) {
            long cpuMillis = 100 * random.nextInt(1, 10);
            needed += cpuMillis;
            world.vm("vm-" + vm, null, cpuMillis);
        }
        Cluster cluster = world.cluster();
        List<Integer> vms = IntStream.range(0, starting).boxed().toList();

        Set<String> used = new HashSet<>();
        StartPlacement.place(
                        cluster, ConstraintCompiler.compile(cluster, List.of()), vms, world.everyNode(), CONSOLIDATE)
                .forEach(decision -> used.add(((StartDecision.Placed) decision).node()));

        // The largest first, as a batch is placed, leaves no node but the last with room for one of the largest.
        assertThat(used).hasSizeLessThanOrEqualTo(1 + (int) (needed / (8_000 - 900)));
    }
}

package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Requirement;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartPlacementTest {
    private static final String GPU = "nvidia.com/A100";
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    /** @param placed as {@code vm>node}, {@code vm>?} for any node, {@code vm>-} for none; of all that have no node, sorted by name */
    record Case(String name, World world, String... placed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "the node with the least pressure is taken",
                        World.ofNodes(3)
                                .vm("x", "n1", 5_000)
                                .vm("y", "n2", 1_000)
                                .vm("z", "n3", 3_000)
                                .vm("new", null, 1_000),
                        "new>n2"),
                new Case(
                        "requests count where nothing is in use yet",
                        World.ofNodes(2)
                                .vm("x", "n1", 0)
                                .requesting("x", 9_000, 90)
                                .vm("new", null, 100),
                        "new>n2"),
                new Case(
                        "a node whose devices are taken takes none that needs one, nor does one without devices",
                        World.ofNodes(3)
                                .offering("n1", GPU, 1)
                                .offering("n2", GPU, 1)
                                .vm("x", "n1", 0)
                                .requesting("x", GPU, 1)
                                .vm("busy", "n2", 5_000)
                                .vm("new", null, 100)
                                .requesting("new", GPU, 1),
                        "new>n2"),
                new Case(
                        "a node that has as many pods as it may takes no more",
                        World.ofNodes(2)
                                .offering("n1", Resources.PODS, 1)
                                .vm("x", "n1", 0)
                                .vm("busy", "n2", 5_000)
                                .vm("new", null, 100),
                        "new>n2"),
                new Case(
                        "a node that has nothing takes nothing",
                        World.ofNodes(1)
                                .sized("n2", "z2", 0, 0)
                                .vm("busy", "n1", 5_000)
                                .vm("new", null, 100),
                        "new>n1"),
                new Case(
                        "two that start together are spread by their rule",
                        World.ofNodes(3)
                                .vm("web-0", "n1", 0, "app=web")
                                .vm("web-1", null, 100, "app=web")
                                .vm("web-2", null, 100, "app=web")
                                .vm("busy", "n3", 5_000)
                                .rule(SPREAD, "app=web"),
                        "web-1>n2",
                        "web-2>n3"),
                new Case(
                        "a preference outweighs the pressure of a node",
                        World.ofNodes(2)
                                .vm("busy", "n2", 5_000)
                                .vm("new", null, 100, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 1, "app=web"),
                        "new>n2"),
                new Case(
                        "a preference keeps nobody from starting",
                        World.ofNodes(2)
                                .cordoned("n2")
                                .vm("new", null, 100, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 100, "app=web"),
                        "new>n1"),
                new Case(
                        "a third that must be apart finds no node",
                        World.ofNodes(2)
                                .vm("web-1", null, 1_000, "app=web")
                                .vm("web-2", null, 1_000, "app=web")
                                .vm("web-3", null, 1_000, "app=web")
                                .rule(SPREAD, "app=web"),
                        "web-1>n1",
                        "web-2>n2",
                        "web-3>-"),
                new Case(
                        "one that belongs to others joins them on the busier node",
                        World.ofNodes(2)
                                .vm("web-0", "n1", 5_000, "app=web")
                                .vm("web-1", null, 1_000, "app=web")
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web"),
                        "web-1>n1"),
                new Case(
                        "the one that has only one node gets it, however small",
                        World.ofNodes(2)
                                .vm("big", null, 1_000)
                                .requesting("big", 1_000, 90)
                                .vm("bound", null, 100, "app=bound")
                                .requesting("bound", 100, 20)
                                .rule(new Rule.AllowedNodes(World.onNode("n1")), "app=bound"),
                        "big>n2",
                        "bound>n1"),
                new Case(
                        "one that was placed makes room for one that finds none",
                        World.ofNodes(3)
                                .vm("a", null, 3_000, "app=a")
                                .requesting("a", 100, 60)
                                .vm("b", null, 2_000, "app=b")
                                .requesting("b", 100, 60)
                                .vm("c", null, 1_000, "app=b")
                                .requesting("c", 100, 60)
                                .rule(new Rule.ForbiddenNodes(World.onNode("n3")), "app=a")
                                .rule(new Rule.ForbiddenNodes(World.onNode("n2")), "app=b"),
                        "a>n2",
                        "b>n3",
                        "c>n1"),
                new Case(
                        "all that were placed on one node leave it to the one that shares with nobody",
                        World.ofNodes(2)
                                .vm("a", null, 1_000)
                                .vm("b", null, 1_000)
                                .vm("c", null, 1_000)
                                .vm("d", null, 1_000)
                                .vm("sole", null, 1_000, "app=sole")
                                .rule(new Rule.Exclusive(), "app=sole"),
                        "a>n2",
                        "b>n2",
                        "c>n2",
                        "d>n2",
                        "sole>n1"),
                new Case(
                        "what may be nowhere else keeps its node, though another would like it for itself",
                        World.ofNodes(2)
                                .vm("a", null, 1_000, "app=a")
                                .vm("b", null, 1_000, "app=b")
                                .vm("c", null, 1_000, "app=b")
                                .vm("sole", null, 1_000, "app=sole")
                                .rule(new Rule.AllowedNodes(World.onNode("n1")), "app=a")
                                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=b")
                                .rule(new Rule.Exclusive(), "app=sole"),
                        "a>n1",
                        "b>n2",
                        "c>n2",
                        "sole>-"),
                new Case(
                        "a node that is reserved for another start is not given twice",
                        World.ofNodes(2)
                                .vm("web-1", null, 1_000, "app=web")
                                .moving("web-1", "n1")
                                .vm("web-2", null, 1_000, "app=web")
                                .rule(SPREAD, "app=web"),
                        "web-2>n2"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void places(Case given) {
        Cluster cluster = given.world().cluster();
        List<String> placed = place(given.world(), starting(cluster)).stream()
                .map(StartPlacementTest::text)
                .toList();
        assertThat(placed).hasSameSizeAs(given.placed());
        for (int index = 0; index < placed.size(); index++) {
            String wanted = given.placed()[index];
            assertThat(placed.get(index))
                    .matches(wanted.endsWith("?") ? wanted.substring(0, wanted.length() - 1) + "n\\d" : wanted);
        }
    }

    private static String text(StartDecision decision) {
        return switch (decision) {
            case StartDecision.Placed placed -> placed.vm().name() + ">" + placed.node();
            case StartDecision.Unplaceable unplaceable -> unplaceable.vm().name() + ">-";
        };
    }

    private static List<Integer> starting(Cluster cluster) {
        return IntStream.range(0, cluster.vms().size())
                .filter(vm -> cluster.vms().get(vm).node() == null
                        && cluster.vms().get(vm).target() == null)
                .boxed()
                .toList();
    }

    private static List<StartDecision> place(World world, List<Integer> vms) {
        Cluster cluster = world.cluster();
        return StartPlacement.place(
                cluster, ConstraintCompiler.compile(cluster, world.constraints()), vms, all(cluster), Goal.DEFAULT);
    }

    private static BitSet all(Cluster cluster) {
        BitSet nodes = new BitSet();
        nodes.set(0, cluster.nodes().size());
        return nodes;
    }

    @Test
    void what_finds_no_node_says_why_counted_by_node() {
        World world = World.ofNodes(6)
                .cordoned("n1")
                .pod("cache-2", "n2", 100, 100)
                .pod("cache-3", "n3", 100, 100)
                .vm("web-0", "n4", 1_000, "app=web")
                .vm("web-1", null, 1_000, "app=web")
                .rule(SPREAD, "app=web")
                .rule(new Rule.ForbiddenNodes(World.onNode("n5")), "app=web")
                .rule(new Rule.ForbiddenNodes(World.onNode("n6")), "app=web");
        assertThat(place(world, starting(world.cluster())))
                .singleElement()
                .isEqualTo(new StartDecision.Unplaceable(
                        World.id("web-1"),
                        "0 of 6 nodes: 2 not allowed by selectors, taints or node rules, 2 too little memory, "
                                + "1 cordoned, 1 kept away by Spread spread-1 (namespace shop)"));
    }

    @Test
    void what_is_short_of_room_says_of_how_much_on_the_nearest_node() {
        World world = World.ofNodes(3)
                .pod("cache-1", "n1", 9_000, 100)
                .pod("cache-2", "n2", 9_500, 1)
                .vm("web-0", "n3", 1_000, "app=web")
                .vm("web-1", null, 1_000, "app=web")
                .requesting("web-1", 1_000, 1)
                .rule(SPREAD, "app=web");
        Cluster cluster = world.cluster();
        StartPlacement placement = StartPlacement.of(
                cluster, ConstraintCompiler.compile(cluster, world.constraints()), all(cluster), Goal.DEFAULT);

        assertThat(placement.shortage(1))
                .isEqualTo("The node (n2) comes nearest: there it is short of 500m of cpu."
                        + " Free as much there, lower what it requests, or add a node.");
    }

    @Test
    void where_rules_are_in_the_way_everywhere_room_is_not_what_is_missing() {
        World world = World.ofNodes(1)
                .vm("web-0", "n1", 1_000, "app=web")
                .vm("web-1", null, 1_000, "app=web")
                .rule(SPREAD, "app=web");
        Cluster cluster = world.cluster();
        StartPlacement placement = StartPlacement.of(
                cluster, ConstraintCompiler.compile(cluster, world.constraints()), all(cluster), Goal.DEFAULT);

        assertThat(placement.shortage(1)).isEmpty();
    }

    @Test
    void ranks_all_nodes_the_best_first_and_says_why_the_last_are_last() {
        World world =
                World.ofNodes(3).vm("x", "n1", 5_000).vm("new", null, 1_000).cordoned("n2");
        Cluster cluster = world.cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of());
        assertThat(StartPlacement.rank(cluster, rules, 0, all(cluster), Goal.DEFAULT))
                .containsExactly(
                        new NodeRank("n3", 0.1, ""), new NodeRank("n1", 0.6, ""), new NodeRank("n2", 0.1, "cordoned"));
    }

    /** Hdd are n3 and n6; n1 to n3 are in zone a. */
    private static World forty() {
        World world = new World();
        for (int number = 1; number <= 6; number++) {
            world.node("n" + number, number <= 3 ? "a" : "b");
        }
        Map<String, Integer> groups = new TreeMap<>(Map.of(
                "sole",
                1,
                "web",
                4,
                "db",
                4,
                "pair",
                3,
                "ring",
                4,
                "noisy",
                3,
                "quiet",
                3,
                "fast",
                4,
                "slow",
                4,
                "licensed",
                4));
        groups.put("plain", 6);
        groups.forEach((app, count) ->
                IntStream.range(0, count).forEach(number -> world.vm(app + "-" + number, null, 1_000, "app=" + app)));
        Selector hdd = new Selector(
                List.of(new Requirement(Node.HOSTNAME_LABEL, Requirement.Operator.IN, List.of("n3", "n6"))));
        return world.rule(SPREAD, "app=web")
                .rule(new Rule.Spread(World.ZONE, OptionalInt.of(1)), "app=db")
                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=pair")
                .rule(new Rule.SameDomain(World.ZONE), "app=ring")
                .rule(new Rule.SeparateFrom(World.selection("app=quiet")), "app=noisy")
                .rule(new Rule.ForbiddenNodes(hdd), "app=fast")
                .rule(new Rule.AllowedNodes(hdd), "app=slow")
                .rule(new Rule.Exclusive(), "app=sole")
                .rule(new Rule.Capacity(World.inZone("a"), null, 1, null), "app=licensed");
    }

    @Test
    void forty_that_start_together_obey_rules_of_each_kind() {
        World world = forty();
        Cluster cluster = world.cluster();
        List<StartDecision> decisions = place(world, starting(cluster));
        assertThat(decisions).hasSize(40).allMatch(StartDecision.Placed.class::isInstance);
        Occupancy after = Occupancy.of(cluster);
        for (StartDecision decision : decisions) {
            after = after.with(decision.vm(), Set.of(((StartDecision.Placed) decision).node()));
        }
        assertThat(ConstraintChecker.check(cluster, world.constraints(), after, At.REST))
                .isEmpty();
    }

    /** Everything that is placed obeys every rule at once, those placed with it included, and fits. */
    @Property(tries = 300)
    void starts_break_nothing(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.unusual(seed);
        SplittableRandom random = new SplittableRandom(seed);
        world.cluster().vms().stream()
                .filter(vm -> random.nextInt(3) == 0)
                .forEach(vm -> world.stopped(vm.id().name()));
        Cluster cluster = world.cluster();
        Occupancy before = Occupancy.of(cluster);
        Occupancy after = before;
        for (StartDecision decision : place(world, starting(cluster))) {
            if (decision instanceof StartDecision.Placed placed) {
                assertThat(NativeTermsChecker.refusals(cluster, before, placed.vm(), placed.node()))
                        .isEmpty();
                after = after.with(placed.vm(), Set.of(placed.node()));
            }
        }
        Set<?> old = Set.copyOf(ConstraintChecker.check(cluster, world.constraints(), before, At.INSTANT).stream()
                .map(violation -> violation.constraint())
                .toList());
        assertThat(ConstraintChecker.check(cluster, world.constraints(), after, At.INSTANT))
                .allMatch(violation -> old.contains(violation.constraint()));
        assertThat(CapacityChecker.check(cluster, after)).hasSameSizeAs(CapacityChecker.check(cluster, before));
    }

    @Test
    void one_start_among_a_hundred_nodes_takes_about_a_millisecond_at_most() {
        World world = World.ofNodes(100);
        for (int vm = 0; vm < 500; vm++) {
            world.vm("vm-" + vm, "n" + (1 + vm % 100), 100 + vm, "app=app-" + vm % 50);
        }
        for (int app = 0; app < 50; app++) {
            world.rule(SPREAD, "app=app-" + app);
        }
        world.vm("new", null, 1_000, "app=app-7");
        Cluster cluster = world.cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, world.constraints());
        List<Integer> starting = starting(cluster);
        long[] nanos = new long[200];
        for (int run = 0; run < nanos.length; run++) {
            long begin = System.nanoTime();
            assertThat(StartPlacement.place(cluster, rules, starting, all(cluster), Goal.DEFAULT))
                    .hasSize(1);
            nanos[run] = System.nanoTime() - begin;
        }
        long median =
                Arrays.stream(nanos).skip(100).sorted().skip(50).findFirst().orElseThrow();
        assertThat(median).as("median nanoseconds once warm").isLessThan(5_000_000);
    }
}

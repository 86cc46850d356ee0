package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
    private static final Budget WIDE = new Budget(100, 100, 100);
    private static final Planner PLANNER = new Planner();

    /**
     * @param relocations as {@code vm>node}
     * @param moves of the plan in order, as {@code vm>node}, with the ids that it follows: {@code vm>node after m0}
     * @param refused names of virtual machines
     */
    record Case(String name, World world, List<String> relocations, List<String> moves, List<String> refused) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "moves that do not meet follow nothing",
                        World.ofNodes(3).vm("a", "n1", 1_000).vm("b", "n2", 1_000),
                        List.of("a>n3", "b>n3"),
                        List.of("a>n3", "b>n3"),
                        List.of()),
                new Case(
                        "one that needs the room of another follows it",
                        full(3, "a>n1", "b>n2"),
                        List.of("a>n2", "b>n3"),
                        List.of("b>n3", "a>n2 after m0"),
                        List.of()),
                new Case(
                        "a chain follows link by link",
                        full(4, "a>n1", "b>n2", "c>n3"),
                        List.of("a>n2", "b>n3", "c>n4"),
                        List.of("c>n4", "b>n3 after m0", "a>n2 after m1"),
                        List.of()),
                new Case(
                        "one that a rule keeps apart follows the other's leaving",
                        World.ofNodes(3)
                                .vm("a", "n1", 1_000, "app=web")
                                .vm("b", "n2", 1_000, "app=web")
                                .rule(SPREAD, "app=web"),
                        List.of("a>n2", "b>n3"),
                        List.of("b>n3", "a>n2 after m0"),
                        List.of()),
                new Case(
                        "an exchange of two that fill their nodes stops over on a third",
                        full(3, "a>n1", "b>n2"),
                        List.of("a>n2", "b>n1"),
                        List.of("b>n3", "a>n2 after m0", "b>n1 after m0 m1"),
                        List.of()),
                new Case(
                        "an exchange that a rule forbids stops over too",
                        World.ofNodes(3)
                                .vm("a", "n1", 1_000, "app=web")
                                .vm("b", "n2", 1_000, "app=web")
                                .rule(SPREAD, "app=web"),
                        List.of("a>n2", "b>n1"),
                        List.of("b>n3", "a>n2 after m0", "b>n1 after m0 m1"),
                        List.of()),
                new Case(
                        "an exchange without a third node is refused",
                        full(2, "a>n1", "b>n2"),
                        List.of("a>n2", "b>n1"),
                        List.of(),
                        List.of("a", "b")),
                new Case(
                        "what no node has room for is refused and the rest is done",
                        full(3, "a>n1", "b>n2").vm("c", "n1", 100),
                        List.of("a>n2", "c>n3"),
                        List.of("c>n3"),
                        List.of("a")),
                new Case(
                        "of those that belong together none goes when one cannot",
                        full(2, "big>n2")
                                .vm("web-1", "n1", 1_000, "app=web")
                                .vm("web-2", "n1", 1_000, "app=web")
                                .requesting("big", 1_000, 98)
                                .requesting("web-1", 100, 1)
                                .requesting("web-2", 100, 3)
                                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=web"),
                        List.of("web-1>n2", "web-2>n2"),
                        List.of(),
                        List.of("web-2", "web-1")));
    }

    /** Virtual machines, as {@code vm>node}, that need all the memory of a node. */
    private static World full(int nodes, String... vms) {
        World world = World.ofNodes(nodes);
        for (String vm : vms) {
            String name = vm.substring(0, vm.indexOf('>'));
            world.vm(name, vm.substring(vm.indexOf('>') + 1), 1_000).requesting(name, 1_000, 60);
        }
        return world;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void orders(Case given) {
        Plan plan = plan(given.world(), given.relocations(), WIDE);
        assertThat(plan.moves().stream().map(PlannerTest::text)).containsExactlyElementsOf(given.moves());
        assertThat(plan.refused().stream().map(refusal -> refusal.vm().name()))
                .containsExactlyElementsOf(given.refused());
        assertThat(plan.refused())
                .allSatisfy(refusal -> assertThat(refusal.why()).isNotBlank());
        assertThat(PlanChecker.check(given.world().cluster(), given.world().constraints(), plan, WIDE))
                .isEmpty();
        assertThat(PlanChecker.checkCourses(
                        given.world().cluster(), given.world().constraints(), plan, WIDE, 20))
                .isEmpty();
    }

    private static String text(Move move) {
        return move.vm().name() + ">" + move.to()
                + (move.after().isEmpty() ? "" : " after " + String.join(" ", move.after()));
    }

    static Plan plan(World world, List<String> relocations, Budget budget) {
        return PLANNER.plan(
                world.cluster(),
                world.constraints(),
                relocations.stream().map(text -> relocation(world, text)).toList(),
                budget,
                world.everyNode());
    }

    private static Relocation relocation(World world, String text) {
        String name = text.substring(0, text.indexOf('>'));
        String from = world.cluster().vms().stream()
                .filter(vm -> vm.id().name().equals(name))
                .map(vm -> String.valueOf(vm.node()))
                .findFirst()
                .orElse("nowhere");
        return new Relocation(
                World.id(name), from, text.substring(text.indexOf('>') + 1), Relocation.Reason.BALANCE, "test", 1, 1);
    }

    @Test
    void one_that_would_have_to_follow_too_many_is_left_to_a_later_plan() {
        World world = World.ofNodes(3).vms(20, "guest", "n1", 100).vms(20, "tenant", "n2", 100);
        List<String> relocations = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            world.requesting("guest-" + number, 100, 5).requesting("tenant-" + number, 100, 5);
            relocations.add("guest-" + number + ">n2");
            relocations.add("tenant-" + number + ">n3");
        }
        Plan plan = plan(world, relocations, WIDE);
        assertThat(plan.moves()).hasSize(36).allMatch(move -> move.after().size() <= Move.MOST_AFTER);
        assertThat(plan.refused()).hasSize(4).allSatisfy(refusal -> assertThat(refusal.why())
                .contains("more than (16) other moves"));
        assertThat(PlanChecker.check(world.cluster(), List.of(), plan, WIDE)).isEmpty();
    }

    @Test
    void a_stop_over_keeps_to_the_nodes_that_are_offered() {
        World world = full(3, "a>n1", "b>n2");
        List<Relocation> exchange =
                Stream.of("a>n2", "b>n1").map(text -> relocation(world, text)).toList();
        assertThat(PLANNER.plan(world.cluster(), List.of(), exchange, WIDE, new BitSet())
                        .moves())
                .isEmpty();
    }

    @Test
    void the_makespan_follows_the_budget_and_is_no_shorter_than_the_bound() {
        World world = World.ofNodes(3).vms(4, "a", "n1", 1_000);
        List<String> relocations = List.of("a-1>n2", "a-2>n2", "a-3>n3", "a-4>n3");
        double one = MigrationPricing.seconds(world.cluster().vms().getFirst());
        Plan free = plan(world, relocations, WIDE);
        assertThat(free.makespanSeconds()).isEqualTo(one);
        assertThat(free.lowerBoundSeconds()).isEqualTo(one);
        Plan two = plan(world, relocations, new Budget(4, 2, 2));
        assertThat(two.makespanSeconds()).isEqualTo(2 * one);
        assertThat(two.lowerBoundSeconds()).isEqualTo(2 * one);
        assertThat(plan(world, relocations, new Budget(1, 2, 2)).makespanSeconds())
                .isEqualTo(4 * one);
    }

    @Test
    void repairs_go_first() {
        World world = World.ofNodes(2).vm("a", "n1", 1_000).vm("b", "n1", 1_000);
        Plan plan = PLANNER.plan(
                world.cluster(),
                List.of(),
                List.of(
                        new Relocation(World.id("a"), "n1", "n2", Relocation.Reason.BALANCE, "x", 1, 1),
                        new Relocation(World.id("b"), "n1", "n2", Relocation.Reason.CONSTRAINT_REPAIR, "x", 1, 1)),
                WIDE,
                world.everyNode());
        assertThat(plan.moves().stream().map(move -> move.vm().name())).containsExactly("b", "a");
    }

    @Test
    void a_relocation_of_another_snapshot_is_named() {
        World world = World.ofNodes(2).vm("a", "n1", 1_000);
        assertThatThrownBy(() -> plan(world, List.of("ghost>n2"), WIDE))
                .hasMessageContaining("virtual machine (shop/ghost)")
                .hasMessageContaining("Plan on the snapshot");
    }
}
